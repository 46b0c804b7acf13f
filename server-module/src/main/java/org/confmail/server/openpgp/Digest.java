package org.confmail.server.openpgp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The digests that a signature may be made with. */
enum Digest {
    /**
     * For signatures inside a key only: old GnuPG makes them so, and somebody who can make collisions gains nothing by them,
     * because he would have to find them in what the key's owner writes about himself. For texts it is refused.
     */
    SHA1(2, "SHA-1", "1.3.14.3.2.26"),
    SHA256(8, "SHA-256", "2.16.840.1.101.3.4.2.1"),
    SHA384(9, "SHA-384", "2.16.840.1.101.3.4.2.2"),
    SHA512(10, "SHA-512", "2.16.840.1.101.3.4.2.3"),
    /** GnuPG takes it for DSA of 2048 bits where nothing else is asked for. */
    SHA224(11, "SHA-224", "2.16.840.1.101.3.4.2.4");

    private final int number;
    private final String javaName;
    private final String objectId;

    Digest(int number, String javaName, String objectId) {
        this.number = number;
        this.javaName = javaName;
        this.objectId = objectId;
    }

    static Optional<Digest> of(int number) {
        for (Digest digest : values()) {
            if (digest.number == number) {
                return Optional.of(digest);
            }
        }
        return Optional.empty();
    }

    boolean mayBeOfText() {
        return this != SHA1;
    }

    /** As it stands inside an RSA signature. */
    String objectId() {
        return objectId;
    }

    /** A fresh digest; every Java platform of ours has all of them. */
    MessageDigest start() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
