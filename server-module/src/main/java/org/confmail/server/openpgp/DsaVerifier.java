package org.confmail.server.openpgp;

import java.math.BigInteger;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.DSA;

/**
 * Verifies DSA signatures (FIPS 186-4 section 4.7). Unlike Bouncy Castle's it does not prove first that the key lies in the group
 * of the order, which costs half as much again: an owner who makes a key that does not, harms himself only. All numbers are
 * public, so that nothing here has to take the same time for all of them.
 */
record DsaVerifier(BigInteger prime, BigInteger order, BigInteger generator, BigInteger key) implements DSA {

    @Override
    public void init(boolean forSigning, CipherParameters parameters) {
        if (forSigning) {
            throw new IllegalArgumentException("verifies only");
        }
    }

    @Override
    public BigInteger[] generateSignature(byte[] message) {
        throw new IllegalStateException("verifies only");
    }

    @Override
    public boolean verifySignature(byte[] digest, BigInteger r, BigInteger s) {
        if (!prime.testBit(0)
                || !isBelow(r, order)
                || !isBelow(s, order)
                || !isBelow(key, prime)
                || !isBelow(generator, prime)) {
            return false;
        }
        BigInteger w = s.modInverse(order);
        BigInteger u1 = leftmost(digest).multiply(w).mod(order);
        BigInteger u2 = r.multiply(w).mod(order);
        BigInteger v = new OddModulus(prime).productOfPowers(generator, u1, key, u2);
        return v.mod(order).equals(r);
    }

    private static boolean isBelow(BigInteger number, BigInteger bound) {
        return number.signum() > 0 && number.compareTo(bound) < 0;
    }

    /** As many bits of the digest as the order has, rounded down to bytes like everybody does. */
    private BigInteger leftmost(byte[] digest) {
        return new BigInteger(1, digest, 0, Math.min(digest.length, order.bitLength() / Byte.SIZE));
    }
}
