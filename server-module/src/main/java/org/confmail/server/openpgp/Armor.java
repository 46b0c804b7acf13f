package org.confmail.server.openpgp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.bouncycastle.bcpg.CRC24;
import org.bouncycastle.bcpg.FastCRC24;

/** Radix-64 between a BEGIN and an END line. RFC 4880 section 6. */
final class Armor {
    /** RFC 4880 allows 76 characters, GnuPG writes 64. */
    private static final int LINE_CHARACTERS_MAX = 76;
    /** Version, Comment, and room for some more comments. */
    private static final int HEADERS_MAX = 8;

    private static final Set<String> HEADERS = Set.of("Version", "Comment", "MessageID", "Hash", "Charset");
    private static final int CHECKSUM_CHARACTERS = 4;

    private Armor() {}

    static String begin(String what) {
        return "-----BEGIN PGP " + what + "-----";
    }

    private static String end(String what) {
        return "-----END PGP " + what + "-----";
    }

    /**
     * The bytes in the armour whose BEGIN line {@code lines} stands on; afterwards it stands on the END line.
     *
     * @param what the kind of armour, as in its BEGIN line
     * @param bytesMax more are refused before they are decoded
     */
    static byte[] decode(TextLines lines, String what, int bytesMax) throws OpenPgpException {
        skipHeaders(lines, what);
        ByteArrayOutputStream radix64 = new ByteArrayOutputStream(1024);
        while (true) {
            lines.require("the end of " + what);
            if (lines.startsWith("=") || lines.startsWith("-")) {
                break;
            }
            byte[] line = lines.trimmedBytes();
            if (line.length > LINE_CHARACTERS_MAX) {
                throw new OpenPgpException("armour line of " + line.length + " characters in " + what);
            }
            radix64.writeBytes(line);
            if (radix64.size() / 4 * 3 > bytesMax) {
                throw new OpenPgpException(what + " of more than " + bytesMax + " bytes");
            }
        }
        byte[] bytes = decode(radix64.toByteArray(), what);
        if (bytes.length > bytesMax) {
            throw new OpenPgpException(what + " of more than " + bytesMax + " bytes");
        }
        if (lines.startsWith("=")) {
            check(bytes, lines.trimmed(1), what);
            lines.require("the end of " + what);
        }
        if (!lines.is(end(what))) {
            throw new OpenPgpException(what + " does not end in its END line");
        }
        return bytes;
    }

    private static void skipHeaders(TextLines lines, String what) throws OpenPgpException {
        for (int headers = 0; headers <= HEADERS_MAX; headers++) {
            lines.require(what);
            if (lines.isEmpty()) {
                return;
            }
            String header = lines.trimmed(0);
            int colon = header.indexOf(':');
            // Anything else might be taken for a header of the block that the armour lies in.
            if (colon < 0 || !HEADERS.contains(header.substring(0, colon))) {
                throw new OpenPgpException("no armour header: line before the blank line of " + what);
            }
        }
        throw new OpenPgpException("more than " + HEADERS_MAX + " armour headers in " + what);
    }

    private static byte[] decode(byte[] radix64, String what) throws OpenPgpException {
        try {
            return Base64.getDecoder().decode(radix64);
        } catch (IllegalArgumentException e) {
            throw new OpenPgpException(what + " is not radix-64");
        }
    }

    private static void check(byte[] bytes, String checksum, String what) throws OpenPgpException {
        byte[] expected = checksum.length() == CHECKSUM_CHARACTERS
                ? decode(checksum.getBytes(StandardCharsets.ISO_8859_1), what)
                : new byte[0];
        CRC24 crc = new FastCRC24();
        for (byte b : bytes) {
            crc.update(b);
        }
        int value = crc.getValue();
        boolean equal = expected.length == 3
                && expected[0] == (byte) (value >> 16)
                && expected[1] == (byte) (value >> 8)
                && expected[2] == (byte) value;
        if (!equal) {
            throw new OpenPgpException("checksum of " + what + " does not match");
        }
    }
}
