package org.confmail.server.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.params.DSAParameters;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.DSASigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good keys get the verdicts of Bouncy Castle; keys that are none get that of the formula of FIPS 186-4, or are refused. */
@Timeout(60)
class DsaVerifierTest {
    private static final long SEED = 20_261_123;

    private final Random random = new Random(SEED);

    /** The numbers of a key that GnuPG made, with a secret that is known here. */
    private record Owner(BigInteger prime, BigInteger order, BigInteger generator, BigInteger secret) {
        DsaVerifier verifier() {
            return new DsaVerifier(prime, order, generator, generator.modPow(secret, prime));
        }

        /** FIPS 186-4 section 4.6, for a digest as long as the order. */
        BigInteger[] sign(byte[] digest, BigInteger once) {
            BigInteger r = generator.modPow(once, prime).mod(order);
            BigInteger s = once.modInverse(order)
                    .multiply(new BigInteger(1, digest).add(secret.multiply(r)))
                    .mod(order);
            return new BigInteger[] {r, s};
        }
    }

    private Owner owner(String name) throws OpenPgpException {
        byte[] posted = Fixtures.bytes(name + ".key-announcement");
        List<BigInteger> numbers = PublicKey.in(ClearSigned.parse(posted, 0, posted.length))
                .primary()
                .numbers();
        return new Owner(numbers.get(0), numbers.get(1), numbers.get(2), below(numbers.get(1)));
    }

    private BigInteger below(BigInteger bound) {
        return new BigInteger(bound.bitLength() + 64, random)
                .mod(bound.subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
    }

    private byte[] digest(BigInteger order) {
        byte[] digest = new byte[order.bitLength() / Byte.SIZE];
        random.nextBytes(digest);
        return digest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dsa1024", "dsa2048", "dsa3072"})
    void verdictsAreThoseOfBouncyCastle(String name) throws OpenPgpException {
        Owner owner = owner(name);
        BigInteger order = owner.order();
        DsaVerifier verifier = owner.verifier();
        DSASigner slow = new DSASigner();
        slow.init(
                false,
                new DSAPublicKeyParameters(verifier.key(), new DSAParameters(owner.prime(), order, owner.generator())));
        for (int i = 0; i < 5; i++) {
            byte[] digest = i == 0 ? new byte[order.bitLength() / Byte.SIZE] : digest(order);
            BigInteger[] good = owner.sign(digest, below(order));
            assertTrue(verifier.verifySignature(digest, good[0], good[1]));
            List<BigInteger[]> signatures = List.of(
                    good,
                    new BigInteger[] {good[1], good[0]},
                    new BigInteger[] {good[0].add(BigInteger.ONE).mod(order), good[1]},
                    new BigInteger[] {good[0], good[1].add(order)},
                    new BigInteger[] {BigInteger.ZERO, good[1]},
                    new BigInteger[] {good[0], BigInteger.ZERO},
                    new BigInteger[] {good[0].negate(), good[1]});
            for (BigInteger[] signature : signatures) {
                assertEquals(
                        slow.verifySignature(digest, signature[0], signature[1]),
                        verifier.verifySignature(digest, signature[0], signature[1]),
                        "seed " + SEED);
            }
            digest[0] ^= 1;
            assertFalse(verifier.verifySignature(digest, good[0], good[1]));
        }
    }

    /** The generator is of the same order modulo the prime and modulo the product, by the Chinese remainder theorem. */
    @Test
    void modulusThatIsNoPrimeIsCalculatedWithAsItIs() throws OpenPgpException {
        Owner owner = owner("dsa1024");
        BigInteger prime = owner.prime();
        for (BigInteger factor :
                List.of(BigInteger.valueOf(3), BigInteger.ONE.shiftLeft(1000).add(BigInteger.ONE))) {
            BigInteger lifted = owner.generator()
                    .subtract(BigInteger.ONE)
                    .multiply(factor.modInverse(prime))
                    .mod(prime)
                    .multiply(factor)
                    .add(BigInteger.ONE);
            Owner spoilt = new Owner(prime.multiply(factor), owner.order(), lifted, owner.secret());
            byte[] digest = digest(owner.order());
            BigInteger[] good = spoilt.sign(digest, below(owner.order()));
            assertTrue(spoilt.verifier().verifySignature(digest, good[0], good[1]));
            digest[1] ^= 1;
            assertFalse(spoilt.verifier().verifySignature(digest, good[0], good[1]));
        }
    }

    @Test
    void evenModulusVerifiesNothing() throws OpenPgpException {
        Owner owner = owner("dsa1024");
        byte[] digest = digest(owner.order());
        for (BigInteger even : List.of(owner.prime().add(BigInteger.ONE), BigInteger.ONE.shiftLeft(1023))) {
            Owner spoilt = new Owner(even, owner.order(), BigInteger.ONE, owner.secret());
            BigInteger[] good = spoilt.sign(digest, below(owner.order()));
            assertEquals(BigInteger.ONE, good[0]); // 1 to the power of anything
            assertFalse(spoilt.verifier().verifySignature(digest, good[0], good[1]));
        }
    }

    @Test
    void numbersOutOfRangeVerifyNothing() throws OpenPgpException {
        Owner owner = owner("dsa1024");
        BigInteger prime = owner.prime();
        BigInteger order = owner.order();
        byte[] digest = digest(order);
        BigInteger[] good = owner.sign(digest, below(order));
        BigInteger key = owner.verifier().key();
        for (BigInteger spoilt : List.of(BigInteger.ZERO, prime, prime.add(owner.generator()), prime.shiftLeft(1))) {
            assertFalse(new DsaVerifier(prime, order, spoilt, key).verifySignature(digest, good[0], good[1]));
            assertFalse(
                    new DsaVerifier(prime, order, owner.generator(), spoilt).verifySignature(digest, good[0], good[1]));
        }
    }

    /** Orders are taken modulo as they are: a prime or not, odd or even, larger than the modulus. */
    @Test
    void strangeNumbersGetTheVerdictOfTheFormula() throws OpenPgpException {
        Owner owner = owner("dsa1024");
        BigInteger large = BigInteger.ONE.shiftLeft(255).add(BigInteger.ONE);
        BigInteger small = BigInteger.valueOf(1_000_003);
        int good = 0;
        for (BigInteger prime : List.of(owner.prime(), small)) {
            for (BigInteger generator : List.of(BigInteger.ONE, BigInteger.TWO, prime.subtract(BigInteger.ONE))) {
                for (BigInteger key : List.of(BigInteger.ONE, prime.subtract(BigInteger.ONE), below(prime))) {
                    for (BigInteger order : List.of(owner.order(), large, large.subtract(BigInteger.ONE))) {
                        byte[] digest = digest(order);
                        BigInteger s = order.subtract(BigInteger.ONE); // its own inverse
                        BigInteger u1 = new BigInteger(1, digest).multiply(s).mod(order);
                        for (BigInteger r : List.of(BigInteger.ONE, prime.subtract(BigInteger.ONE), small)) {
                            BigInteger u2 = r.multiply(s).mod(order);
                            BigInteger v = generator.modPow(u1, prime).multiply(key.modPow(u2, prime));
                            boolean expected = r.compareTo(order) < 0
                                    && v.mod(prime).mod(order).equals(r);
                            good += expected ? 1 : 0;
                            assertEquals(
                                    expected,
                                    new DsaVerifier(prime, order, generator, key).verifySignature(digest, r, s),
                                    "seed " + SEED);
                        }
                    }
                }
            }
        }
        assertTrue(good > 0);
    }
}
