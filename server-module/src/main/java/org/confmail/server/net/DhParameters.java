package org.confmail.server.net;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.DHParameter;
import org.bouncycastle.asn1.x9.DomainParameters;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The group for key exchange by DHE, as kept in {@code ssl/dhparams.pem}. Its size is one with which the JDK works.
 *
 * @param p the prime
 * @param g the generator
 */
public record DhParameters(BigInteger p, BigInteger g) {
    /** The JDK disables smaller groups. */
    public static final int BITS_MIN = 1024;

    /** What the JDK computes with at most. */
    public static final int BITS_MAX = 8192;

    /** Groups below this size are within reach of a rich attacker. */
    public static final int BITS_SOUND = 2048;

    /** The JDK takes sizes in these steps only. */
    private static final int BITS_STEP = 64;

    /** One composite in a million passes: this finds damage, not malice, and the JDK tests again. */
    private static final int QUICK_CERTAINTY = 20;

    private static final int SOUND_CERTAINTY = 80;
    private static final String PEM_TYPE = "DH PARAMETERS";

    /** What newer versions of openssl dhparam -dsaparam write. */
    private static final String X942_PEM_TYPE = "X9.42 DH PARAMETERS";

    private static final String REMEDY = ". Delete the file to use the built-in group, or make another with"
            + " openssl dhparam -out dhparams.pem 2048";

    public DhParameters {
        if (!usableSize(p.bitLength())) {
            throw new IllegalArgumentException("a DH prime of " + p.bitLength() + " bits");
        }
        if (g.compareTo(BigInteger.TWO) < 0 || g.compareTo(p.subtract(BigInteger.ONE)) >= 0) {
            throw new IllegalArgumentException("a DH generator out of range");
        }
    }

    /**
     * The group of a new home: ffdhe2048 of RFC 7919, known to be sound, so that no prime must be searched for. Larger ones
     * cost three times the processor time and more, and add nothing to an RSA key of 2048 bits.
     */
    public static DhParameters standard() {
        return of(DHStandardGroups.rfc7919_ffdhe2048);
    }

    /**
     * Reads a file as {@code openssl dhparam} writes it.
     *
     * @throws TlsException when it cannot be read, or holds no group that can be used
     */
    public static DhParameters read(Path path) throws TlsException {
        PemFile file = new PemFile("DH parameters", path);
        Found found = parse(file);
        int bits = found.p().bitLength();
        if (!usableSize(bits)) {
            throw file.fault("a prime of " + bits + " bits cannot be used (" + BITS_MIN + " to " + BITS_MAX
                    + ", in steps of " + BITS_STEP + ")" + REMEDY);
        }
        DhParameters group;
        try {
            group = new DhParameters(found.p(), found.g());
        } catch (IllegalArgumentException e) {
            throw file.fault("its generator is out of range" + REMEDY, e);
        }
        if (!group.isStandard() && !group.p.isProbablePrime(QUICK_CERTAINTY)) {
            throw file.fault("its modulus is not a prime number" + REMEDY);
        }
        return group;
    }

    public int bits() {
        return p.bitLength();
    }

    /**
     * Whether P and (P − 1) / 2 are both prime, as they should be. Takes up to a second for a group of one's own: not for
     * start-up.
     */
    public boolean isSafePrime() {
        return isStandard()
                || (p.isProbablePrime(SOUND_CERTAINTY) && p.shiftRight(1).isProbablePrime(SOUND_CERTAINTY));
    }

    /** The text of the file. */
    public String toPem() {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(PEM_TYPE, new DHParameter(p, g, 0).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string takes everything
        }
        return text.toString();
    }

    private boolean isStandard() {
        return Stream.of(
                        DHStandardGroups.rfc7919_ffdhe2048,
                        DHStandardGroups.rfc7919_ffdhe3072,
                        DHStandardGroups.rfc7919_ffdhe4096)
                .anyMatch(group -> equals(of(group)));
    }

    private static DhParameters of(DHParameters group) {
        return new DhParameters(group.getP(), group.getG());
    }

    private static boolean usableSize(int bits) {
        return bits >= BITS_MIN && bits <= BITS_MAX && bits % BITS_STEP == 0;
    }

    private static Found parse(PemFile file) throws TlsException {
        try (PemReader reader = new PemReader(new StringReader(file.text()))) {
            for (PemObject object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                switch (object.getType()) {
                    case PEM_TYPE -> {
                        DHParameter group = DHParameter.getInstance(object.getContent());
                        return new Found(group.getP(), group.getG());
                    }
                    case X942_PEM_TYPE -> {
                        DomainParameters group = DomainParameters.getInstance(object.getContent());
                        return new Found(group.getP(), group.getG());
                    }
                    default -> {
                        // something else that is kept in the same file
                    }
                }
            }
        } catch (IOException | RuntimeException e) { // Bouncy Castle throws unchecked exceptions at some bad encodings
            throw file.fault("it is damaged" + REMEDY, e);
        }
        throw file.fault("there are no parameters in it (BEGIN " + PEM_TYPE + ")" + REMEDY);
    }

    /** Two numbers from a file, of any size and value. */
    private record Found(BigInteger p, BigInteger g) {}
}
