package org.confmail.server.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Products of powers are those of BigInteger, whether the modulus is a prime or only odd. */
@Timeout(60)
class OddModulusTest {
    private static final long SEED = 20_261_123;
    private static final int LIMB_BITS = 28;

    private final Random random = new Random(SEED);

    /** Of all sizes around the ends of limbs; random ones, those with nothing but ones, and those with hardly a one. */
    private List<BigInteger> moduli() {
        List<BigInteger> moduli = new ArrayList<>(List.of(BigInteger.valueOf(3), BigInteger.valueOf(9)));
        for (int size : new int[] {LIMB_BITS, 64, 4 * LIMB_BITS, 1024, 37 * LIMB_BITS, 2048, 3072, 125 * LIMB_BITS}) {
            for (int bits = size - 2; bits <= size + 1; bits++) {
                BigInteger top = BigInteger.ONE.shiftLeft(bits);
                moduli.add(top.subtract(BigInteger.ONE));
                moduli.add(top.shiftRight(1).add(BigInteger.ONE));
                moduli.add(new BigInteger(bits, random).setBit(bits - 1).setBit(0));
            }
        }
        return moduli;
    }

    private BigInteger base(BigInteger modulus, int kind) {
        return switch (kind) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.ONE;
            case 2 -> modulus.subtract(BigInteger.ONE);
            case 3 -> BigInteger.ONE.shiftLeft(modulus.bitLength() - 1).subtract(BigInteger.ONE);
            default -> new BigInteger(modulus.bitLength() + 64, random).mod(modulus);
        };
    }

    private BigInteger exponent(int kind) {
        return switch (kind) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.ONE;
            case 2 -> BigInteger.ONE.shiftLeft(160).subtract(BigInteger.ONE);
            case 3 -> BigInteger.ONE.shiftLeft(159);
            default -> new BigInteger(1 + random.nextInt(256), random);
        };
    }

    @Test
    void productsOfPowersAreThoseOfBigInteger() {
        for (BigInteger modulus : moduli()) {
            OddModulus fast = new OddModulus(modulus);
            for (int i = 0; i < 12; i++) {
                BigInteger a = base(modulus, i < 5 ? i : random.nextInt(6));
                BigInteger b = base(modulus, random.nextInt(6));
                BigInteger m = exponent(random.nextInt(6));
                BigInteger n = exponent(i < 5 ? i : random.nextInt(6));
                assertEquals(
                        a.modPow(m, modulus).multiply(b.modPow(n, modulus)).mod(modulus),
                        fast.productOfPowers(a, m, b, n),
                        () -> a + "^" + m + " * " + b + "^" + n + " mod " + modulus + ", seed " + SEED);
            }
        }
    }

    @Test
    void evenModulusAndOneTooLargeAreRefused() {
        BigInteger even = BigInteger.ONE.shiftLeft(1024);
        assertThrows(ArithmeticException.class, () -> new OddModulus(even));
        BigInteger large = BigInteger.ONE.shiftLeft(127 * LIMB_BITS - 2).add(BigInteger.ONE);
        assertThrows(ArithmeticException.class, () -> new OddModulus(large));
    }
}
