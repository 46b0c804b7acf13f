package org.confmail.server.block;

/**
 * Headers that no posted block may bring along: an old server's queue files begin with them (PROTOCOL section 8), so that they
 * would be taken for the queue's own. PROTOCOL section 2.
 */
public final class ForbiddenHeader {
    private static final String[] NAMES = {
        "storetype: ", "storekeyid: ", "loginuser: ", "embargo: ", "replogin-user: ", "replogin-auth: "
    };

    private ForbiddenHeader() {}

    /** Whether this line, without its line end, is such a header. */
    public static boolean matches(byte[] line) {
        return matches(line, 0, line.length);
    }

    static boolean matches(byte[] text, int from, int to) {
        for (String name : NAMES) {
            if (Lines.startsWith(text, from, to, name)) {
                return true;
            }
        }
        return false;
    }
}
