package org.confmail.server.openpgp;

/** The public-key algorithms that sign; PROTOCOL section 5. */
enum KeyAlgorithm {
    RSA,
    DSA,
    ECDSA,
    /** Ed25519 as GnuPG has made it since 2.1. */
    EDDSA,
    /** Encrypts only, or unknown here. */
    OTHER;

    static KeyAlgorithm of(int number) {
        return switch (number) {
            case 1, 3 -> RSA;
            case 17 -> DSA;
            case 19 -> ECDSA;
            case 22 -> EDDSA;
            default -> OTHER;
        };
    }
}
