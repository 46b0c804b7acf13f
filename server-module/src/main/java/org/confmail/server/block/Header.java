package org.confmail.server.block;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The headers that decide about a block outside signed text. Names are matched in any case. PROTOCOL section 3. */
enum Header {
    TYPE("Type"),
    DATE("Date"),
    PROOF_OF_WORK("ProofOfWork"),
    RECIPIENT("Recipient"),
    MAILBOX("Mailbox"),
    DATA_BLOCK("DataBlock"),
    MESSAGE_HASH("MessageHash"),
    HASH("Hash"),
    KEY_ID("Keyid"),
    ADDRESS("Address"),
    DATA("Data");

    private static final Header[] ALL = values();

    private final String wireName;
    private final String prefix;

    Header(String wireName) {
        this.wireName = wireName;
        this.prefix = wireName.toLowerCase(Locale.ROOT) + ": ";
    }

    /** The header that this line, without its LF, is; or null. */
    static @Nullable Header of(byte[] text, int from, int to) {
        for (Header header : ALL) {
            if (header.begins(text, from, to)) {
                return header;
            }
        }
        return null;
    }

    boolean begins(byte[] text, int from, int to) {
        return Lines.startsWith(text, from, to, prefix);
    }

    /** How many bytes stand before the value: the name, a colon and one space. */
    int prefixBytes() {
        return prefix.length();
    }

    String wireName() {
        return wireName;
    }
}
