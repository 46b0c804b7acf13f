package org.confmail.shared.config;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The certificates that a server may show, by the SHA-1 digests of their DER forms. No digest at all = no certificate will do.
 *
 * @param digests as the log writes them: 20 pairs of upper-case hexadecimal digits with colons between
 */
public record CertificatePins(Set<String> digests) {
    /** Matches nothing. */
    public static final CertificatePins NONE = new CertificatePins(Set.of());

    private static final int DIGEST_HEX_DIGITS = 40;
    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

    public CertificatePins {
        digests = Set.copyOf(digests);
    }

    /** Reads one or more digests, separated by commas, in either case, with colons or without; empty when one is malformed. */
    static Optional<CertificatePins> parse(String text) {
        TreeSet<String> digests = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            Optional<String> digest = digest(part.strip());
            if (digest.isEmpty()) {
                return Optional.empty();
            }
            digests.add(digest.get());
        }
        return Optional.of(new CertificatePins(digests));
    }

    /** Whether a certificate with this digest will do; {@code digest} in the form of {@link #digests}, in either case. */
    public boolean match(String digest) {
        return digests.contains(digest.toUpperCase(Locale.ROOT));
    }

    private static Optional<String> digest(String text) {
        boolean paired = text.indexOf(':') >= 0;
        if (text.length() != (paired ? DIGEST_HEX_DIGITS * 3 / 2 - 1 : DIGEST_HEX_DIGITS)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = (paired ? PAIRS : HexFormat.of()).parseHex(text);
            return Optional.of(PAIRS.formatHex(bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
