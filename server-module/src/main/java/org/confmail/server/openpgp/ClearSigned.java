package org.confmail.server.openpgp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A clear-signed text (RFC 4880 section 7) with one signature, and where its parts lie in the source. Around it nothing may
 * stand but blank lines. Immutable, like its source, which it shares.
 */
public final class ClearSigned {
    /** A key of the largest size, armoured and escaped, and the lines about it. */
    public static final int BYTES_MAX = 512 * 1024;

    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "SIGNATURE";
    private static final String HASH = "Hash: ";
    /** One for each digest that GnuPG could name. */
    private static final int HASH_HEADERS_MAX = 8;

    private final byte[] source;
    private final int from;
    private final int to;
    private final int textFrom;
    private final int textTo;
    private final Set<String> digests;
    private final SignaturePacket signature;

    private ClearSigned(byte[] source, int from, int to) throws OpenPgpException {
        if (to - from > BYTES_MAX) {
            throw new OpenPgpException("clear-signed text of " + (to - from) + " bytes, allowed are " + BYTES_MAX);
        }
        this.source = source;
        TextLines lines = new TextLines(source, from, to);
        do {
            lines.require(BEGIN);
        } while (lines.isEmpty());
        if (!lines.is(BEGIN)) {
            throw new OpenPgpException("no clear-signed text");
        }
        this.from = lines.start();
        this.digests = digests(lines);
        this.textFrom = lines.nextStart();
        do {
            lines.require(Armor.begin(SIGNATURE));
        } while (isText(lines));
        this.textTo = lines.start();
        this.signature = signature(Armor.decode(lines, SIGNATURE, Packets.SIGNATURE_BYTES_MAX));
        this.to = lines.nextStart();
        while (lines.next()) {
            if (!lines.isEmpty()) {
                throw new OpenPgpException("something follows the signature");
            }
        }
    }

    /**
     * Reads the whole of a part of {@code source}, which is not to be changed afterwards.
     *
     * @throws OpenPgpException unless it is a clear-signed text within the limits
     */
    public static ClearSigned parse(byte[] source, int from, int to) throws OpenPgpException {
        return new ClearSigned(source, from, to);
    }

    private static Set<String> digests(TextLines lines) throws OpenPgpException {
        Set<String> digests = new HashSet<>();
        for (int headers = 0; headers <= HASH_HEADERS_MAX; headers++) {
            lines.require("the signed text");
            if (lines.isEmpty()) {
                return digests;
            }
            if (!lines.startsWith(HASH)) {
                throw new OpenPgpException("no Hash header: line before the blank line");
            }
            for (String name : lines.trimmed(HASH.length()).split(",", HASH_HEADERS_MAX + 1)) {
                digests.add(name.strip().toUpperCase(Locale.ROOT));
            }
        }
        throw new OpenPgpException("more than " + HASH_HEADERS_MAX + " Hash headers");
    }

    /** False at the signature; a line that begins with a dash and is not escaped can be nothing else. */
    private static boolean isText(TextLines lines) throws OpenPgpException {
        if (lines.hasLoneCr()) {
            throw new OpenPgpException("CR inside a line"); // a line end for some programs, not for GnuPG
        }
        if (!lines.startsWith("-") || lines.startsWith("- ")) {
            return true;
        }
        if (!lines.is(Armor.begin(SIGNATURE))) {
            throw new OpenPgpException("line that begins with a dash is not escaped");
        }
        return false;
    }

    private static SignaturePacket signature(byte[] bytes) throws OpenPgpException {
        Packets packets = new Packets(bytes);
        if (!packets.next() || packets.tag() != Packets.SIGNATURE) {
            throw new OpenPgpException("no signature in the signature block");
        }
        SignaturePacket signature = SignaturePacket.read(packets.body())
                .orElseThrow(() -> new OpenPgpException("signature of an unknown version"));
        if (packets.next()) {
            throw new OpenPgpException("more than one signature");
        }
        return signature;
    }

    /** Where the BEGIN line begins: blank lines before it are no part of this. */
    public int from() {
        return from;
    }

    /** The end of the END line, its line end included. */
    public int to() {
        return to;
    }

    /** Where the first line of the signed text begins. */
    public int textFrom() {
        return textFrom;
    }

    /** Where the line begins that ends the signed text; the line end before it is no part of what is signed. */
    public int textTo() {
        return textTo;
    }

    SignaturePacket signature() {
        return signature;
    }

    /** Whether a Hash header names this digest; without that no GnuPG before 2.4 could verify. */
    boolean names(Digest digest) {
        return digests.contains(digest.name());
    }

    /** The lines of the text without dash escapes, each with its own line end. */
    byte[] unescaped() {
        ByteArrayOutputStream text = new ByteArrayOutputStream(textTo - textFrom);
        TextLines lines = new TextLines(source, textFrom, textTo);
        while (lines.next()) {
            int start = textStart(lines);
            text.write(source, start, lines.nextStart() - start);
        }
        return text.toByteArray();
    }

    /** What the signature covers: no dash escapes, no blanks at the ends of lines, CR LF between them. RFC 4880 section 7.1. */
    byte[] signedBytes() {
        ByteArrayOutputStream text = new ByteArrayOutputStream(textTo - textFrom + 64);
        TextLines lines = new TextLines(source, textFrom, textTo);
        boolean first = true;
        while (lines.next()) {
            if (!first) {
                text.write('\r');
                text.write('\n');
            }
            first = false;
            int start = textStart(lines);
            text.write(source, start, Math.max(0, lines.trimmedEnd() - start));
        }
        return text.toByteArray();
    }

    private static int textStart(TextLines lines) {
        return lines.startsWith("- ") ? lines.start() + 2 : lines.start();
    }

    @Override
    public String toString() {
        return "clear-signed text " + Arrays.asList(from, textFrom, textTo, to);
    }
}
