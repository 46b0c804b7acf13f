package org.confmail.server.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The faster numbers are as right as BigInteger, and give the curves of Brainpool the same points and verdicts as Bouncy Castle. */
@Timeout(60)
class PrimeCurveTest {
    private static final long SEED = 20_261_122;

    private static final int LIMB_BITS = 58;
    private static final int TOP_BITS = 8;

    private static final List<ASN1ObjectIdentifier> CURVES = List.of(
            TeleTrusTObjectIdentifiers.brainpoolP256r1,
            TeleTrusTObjectIdentifiers.brainpoolP384r1,
            TeleTrusTObjectIdentifiers.brainpoolP512r1);

    private final Random random = new Random(SEED);

    /** Of these curves, of 1 to 10 limbs, with a lowest and a highest limb of any kind, and those at the edges of a limb. */
    private List<BigInteger> primes() {
        List<BigInteger> primes = new ArrayList<>(List.of(BigInteger.valueOf(3), BigInteger.valueOf(65_537)));
        CURVES.forEach(name -> primes.add(prime(name)));
        for (int limbs = 1; limbs <= 9; limbs++) {
            BigInteger top = BigInteger.ONE.shiftLeft(limbs * Long.SIZE);
            primes.add(top.nextProbablePrime());
            primes.add(BigInteger.probablePrime(limbs * Long.SIZE, random));
            BigInteger below = top.subtract(BigInteger.ONE);
            while (!below.isProbablePrime(50)) {
                below = below.subtract(BigInteger.TWO);
            }
            primes.add(below);
            primes.add(BigInteger.ONE.shiftLeft(limbs * LIMB_BITS - TOP_BITS).nextProbablePrime());
            primes.add(BigInteger.probablePrime(limbs * LIMB_BITS - TOP_BITS, random));
        }
        return primes;
    }

    private static BigInteger prime(ASN1ObjectIdentifier name) {
        return ECNamedDomainParameters.lookup(name).getCurve().getField().getCharacteristic();
    }

    private List<BigInteger> numbers(BigInteger prime) {
        List<BigInteger> numbers = new ArrayList<>(List.of(
                BigInteger.ZERO, BigInteger.ONE, prime.subtract(BigInteger.ONE), prime.subtract(BigInteger.TWO)));
        for (int i = 0; i < 8; i++) {
            numbers.add(new BigInteger(prime.bitLength() + 64, random).mod(prime));
            numbers.add(prime.subtract(BigInteger.ONE.shiftLeft(random.nextInt(prime.bitLength() - 1))));
            numbers.add(
                    BigInteger.ONE.shiftLeft(random.nextInt(prime.bitLength())).subtract(BigInteger.ONE));
        }
        return numbers;
    }

    @Test
    void numbersAreThoseOfBigInteger() {
        for (BigInteger prime : primes()) {
            PrimeField field = new PrimeField(prime);
            for (BigInteger a : numbers(prime)) {
                PrimeFieldElement x = PrimeFieldElement.of(field, a);
                String what = a + " mod " + prime + ", seed " + SEED;
                assertEquals(a, x.toBigInteger(), what);
                assertEquals(a.bitLength(), x.bitLength(), what);
                assertEquals(a.signum() == 0, x.isZero(), what);
                assertEquals(a.equals(BigInteger.ONE), x.isOne(), what);
                assertEquals(a.testBit(0), x.testBitZero(), what);
                assertEquals(a.negate().mod(prime), x.negate().toBigInteger(), what);
                assertEquals(a.add(BigInteger.ONE).mod(prime), x.addOne().toBigInteger(), what);
                assertEquals(a.multiply(a).mod(prime), x.square().toBigInteger(), what);
                if (!x.isZero()) {
                    assertEquals(a.modInverse(prime), x.invert().toBigInteger(), what);
                    assertTrue(x.divide(x).isOne(), what);
                }
                for (BigInteger b : numbers(prime)) {
                    PrimeFieldElement y = PrimeFieldElement.of(field, b);
                    assertEquals(a.add(b).mod(prime), x.add(y).toBigInteger(), what);
                    assertEquals(a.subtract(b).mod(prime), x.subtract(y).toBigInteger(), what);
                    assertEquals(a.multiply(b).mod(prime), x.multiply(y).toBigInteger(), what);
                    assertEquals(a.equals(b), x.equals(y), what);
                }
            }
        }
    }

    @Test
    void longCalculationsStayRight() {
        for (BigInteger prime : primes()) {
            PrimeField field = new PrimeField(prime);
            for (BigInteger start : numbers(prime)) {
                BigInteger number = start;
                ECFieldElement element = PrimeFieldElement.of(field, start);
                for (int i = 0; i < 50; i++) {
                    String what = start + " after " + i + " steps mod " + prime + ", seed " + SEED;
                    ECFieldElement other = PrimeFieldElement.of(field, number).negate();
                    switch (random.nextInt(6)) {
                        case 0, 1 -> {
                            element = element.add(element);
                            number = number.add(number).mod(prime);
                        }
                        case 2 -> {
                            element = element.subtract(other.add(other));
                            number = number.multiply(BigInteger.valueOf(3)).mod(prime);
                        }
                        case 3 -> {
                            element = element.negate();
                            number = number.negate().mod(prime);
                        }
                        case 4 -> {
                            element = element.add(element.negate()).addOne();
                            number = BigInteger.ONE;
                        }
                        default -> {
                            element = element.multiply(element.addOne());
                            number = number.multiply(number.add(BigInteger.ONE)).mod(prime);
                        }
                    }
                    ECFieldElement same = PrimeFieldElement.of(field, number);
                    assertEquals(number, element.toBigInteger(), what);
                    assertEquals(number.bitLength(), element.bitLength(), what);
                    assertEquals(number.signum() == 0, element.isZero(), what);
                    assertEquals(number.equals(BigInteger.ONE), element.isOne(), what);
                    assertEquals(same, element, what);
                    assertEquals(element, same, what);
                    assertEquals(same.hashCode(), element.hashCode(), what);
                    assertNotEquals(same.addOne(), element, what);
                    assertTrue(element.subtract(element).isZero(), what);
                    assertTrue(element.subtract(element).addOne().isOne(), what);
                }
            }
        }
    }

    @Test
    void evenNumberAndOneTooLargeAreNoPrimeOfAField() {
        assertThrows(ArithmeticException.class, () -> new PrimeField(BigInteger.ONE.shiftLeft(511)));
        BigInteger large = BigInteger.ONE.shiftLeft(15 * LIMB_BITS - TOP_BITS).add(BigInteger.ONE);
        assertThrows(ArithmeticException.class, () -> new PrimeField(large));
    }

    @Test
    void pointsAreThoseOfBouncyCastle() {
        for (ASN1ObjectIdentifier name : CURVES) {
            ECNamedDomainParameters slow = ECNamedDomainParameters.lookup(name);
            for (int i = 0; i < 20; i++) {
                BigInteger order = slow.getN();
                ECPublicKeyParameters key = new ECPublicKeyParameters(
                        slow.getG().multiply(below(order)).normalize(), slow);
                ECPublicKeyParameters fast = PrimeCurve.fast(key);
                assertInstanceOf(PrimeCurve.class, fast.getParameters().getCurve());
                BigInteger a = i == 0 ? order.subtract(BigInteger.ONE) : below(order);
                BigInteger b = i == 1 ? BigInteger.ONE : below(order);
                ECPoint expected = ECAlgorithms.sumOfTwoMultiplies(slow.getG(), a, key.getQ(), b);
                ECPoint sum =
                        ECAlgorithms.sumOfTwoMultiplies(fast.getParameters().getG(), a, fast.getQ(), b);
                assertSamePoint(expected, sum, name + ", " + a + ", " + b);
                assertTrue(fast.getQ().multiply(order).isInfinity());
                assertSamePoint(key.getQ().twice(), fast.getQ().twice(), "twice");
                assertSamePoint(key.getQ().add(key.getQ()), fast.getQ().add(fast.getQ()), "to itself");
                assertTrue(fast.getQ().add(fast.getQ().negate()).isInfinity());
            }
        }
    }

    private static void assertSamePoint(ECPoint expected, ECPoint point, String what) {
        ECPoint one = expected.normalize();
        ECPoint other = point.normalize();
        assertEquals(
                one.getAffineXCoord().toBigInteger(), other.getAffineXCoord().toBigInteger(), what);
        assertEquals(
                one.getAffineYCoord().toBigInteger(), other.getAffineYCoord().toBigInteger(), what);
    }

    private BigInteger below(BigInteger order) {
        return new BigInteger(order.bitLength() + 64, random)
                .mod(order.subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
    }

    @Test
    void verdictsAreThoseOfBouncyCastle() {
        SecureRandom keys = new SecureRandom();
        for (ASN1ObjectIdentifier name : CURVES) {
            ECKeyPairGenerator generator = new ECKeyPairGenerator();
            generator.init(new ECKeyGenerationParameters(ECNamedDomainParameters.lookup(name), keys));
            for (int i = 0; i < 10; i++) {
                AsymmetricCipherKeyPair pair = generator.generateKeyPair();
                ECPublicKeyParameters key = (ECPublicKeyParameters) pair.getPublic();
                byte[] digest = new byte[64];
                random.nextBytes(digest);
                ECDSASigner signer = new ECDSASigner();
                signer.init(true, new ParametersWithRandom(pair.getPrivate(), keys));
                BigInteger[] signature = signer.generateSignature(digest);
                BigInteger order = key.getParameters().getN();
                ECDSASigner verifier = new ECDSASigner();
                verifier.init(false, PrimeCurve.fast(key));
                assertTrue(verifier.verifySignature(digest, signature[0], signature[1]));
                assertTrue(verifier.verifySignature(digest, signature[0], order.subtract(signature[1])));
                assertFalse(verifier.verifySignature(digest, signature[1], signature[0]));
                assertFalse(verifier.verifySignature(
                        digest, signature[0].add(BigInteger.ONE).mod(order), signature[1]));
                assertFalse(verifier.verifySignature(digest, BigInteger.ZERO, signature[1]));
                assertFalse(verifier.verifySignature(digest, signature[0], order));
                digest[0] ^= 1;
                assertFalse(verifier.verifySignature(digest, signature[0], signature[1]));
            }
        }
    }

    @Test
    void pointBesideTheCurveIsNoKey() {
        ECNamedDomainParameters slow = ECNamedDomainParameters.lookup(CURVES.getFirst());
        ECFieldElement x = slow.getG().getAffineXCoord();
        ECPoint beside = PrimeCurve.fast(new ECPublicKeyParameters(slow.getG(), slow))
                .getParameters()
                .getCurve()
                .createPoint(x.toBigInteger(), BigInteger.TWO);
        assertFalse(beside.isValid());
        BigInteger prime = prime(CURVES.getFirst());
        assertThrows(IllegalArgumentException.class, () -> beside.getCurve().fromBigInteger(prime));
        assertThrows(IllegalArgumentException.class, () -> beside.getCurve().fromBigInteger(BigInteger.ONE.negate()));
    }

    @Test
    void curveThatBouncyCastleIsFastOnIsLeftAsItIs() {
        ECNamedDomainParameters nist = ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp384r1);
        ECPublicKeyParameters key = new ECPublicKeyParameters(nist.getG(), nist);
        assertSame(key, PrimeCurve.fast(key));
    }
}
