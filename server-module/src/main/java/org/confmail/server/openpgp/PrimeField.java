package org.confmail.server.openpgp;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Arithmetic modulo an odd prime, on numbers in Montgomery's form: a number x stands for x times 2 to the power of 58 for each
 * limb, modulo the prime, so that a product is reduced by multiplications alone (Montgomery, Modular multiplication without trial
 * division, 1985). A number is an array of limbs of 58 bits, the least significant first, whose spare bits save most looks at
 * carries. It need not be below the prime: sums are not reduced, products to at most twice the prime. Whoever calls knows how many
 * times the prime a number is at most, and keeps to {@link #TIMES_MAX}. Nobody changes an array that was returned. For public
 * numbers only: how long an operation takes depends on them. Immutable.
 */
final class PrimeField {
    /** How many times the prime a number may be at most. */
    static final int TIMES_MAX = 16;
    /** How many times the prime a product is at most. */
    static final int PRODUCT_TIMES = 2;

    private static final int LIMB_BITS = 58;
    private static final int SPARE_BITS = Long.SIZE - LIMB_BITS;
    private static final long LIMB = (1L << LIMB_BITS) - 1;
    /** Each limb adds two halves of each of two products to a limb of the result, which has to fit into 64 bits. */
    private static final int LIMBS_MAX = 15;
    /** So many, that the product of two of the greatest numbers is not greater than the prime times that of the form. */
    private static final int TOP_BITS = 8;

    private final BigInteger prime;
    private final long[] limbs;
    private final long negatedInverse;
    private final long[] zero;
    private final long[] plainOne;
    private final long[] one;

    /** Throws ArithmeticException for an even number, and one of more than 862 bits. */
    PrimeField(BigInteger prime) {
        this.prime = prime;
        int count = (prime.bitLength() + TOP_BITS + LIMB_BITS - 1) / LIMB_BITS;
        if (count > LIMBS_MAX) {
            throw new ArithmeticException("prime of " + prime.bitLength() + " bits");
        }
        this.limbs = limbs(prime, count);
        this.zero = new long[count];
        this.plainOne = limbs(BigInteger.ONE, count);
        this.one = form(BigInteger.ONE);
        BigInteger word = BigInteger.ONE.shiftLeft(LIMB_BITS);
        this.negatedInverse = word.subtract(prime.modInverse(word)).longValue();
    }

    BigInteger prime() {
        return prime;
    }

    /** The form of a number from 0 to below the prime; itself below the prime. */
    long[] form(BigInteger number) {
        return limbs(number.shiftLeft(limbs.length * LIMB_BITS).mod(prime), limbs.length);
    }

    /** A form of 0: the only one that is no times the prime. */
    long[] zero() {
        return zero;
    }

    /** The form of 1, below the prime. */
    long[] one() {
        return one;
    }

    /** The number of which this is the form. */
    BigInteger number(long[] form) {
        BigInteger number = BigInteger.ZERO;
        long[] plain = plain(form);
        for (int i = plain.length - 1; i >= 0; i--) {
            number = number.shiftLeft(LIMB_BITS).or(BigInteger.valueOf(plain[i]));
        }
        return number;
    }

    /** How many bits the number has of which this is the form. */
    int bitLength(long[] form) {
        long[] plain = plain(form);
        for (int i = plain.length - 1; i >= 0; i--) {
            if (plain[i] != 0) {
                return (i + 1) * LIMB_BITS - (Long.numberOfLeadingZeros(plain[i]) - SPARE_BITS);
            }
        }
        return 0;
    }

    /** The limbs of the number itself, below the prime. */
    private long[] plain(long[] form) {
        long[] plain = multiply(form, plainOne); // at most the prime: it was hardly more than the reduction
        return Arrays.equals(plain, limbs) ? zero : plain;
    }

    private static long[] limbs(BigInteger number, int count) {
        long[] limbs = new long[count];
        for (int i = 0; i < count; i++) {
            limbs[i] = number.shiftRight(i * LIMB_BITS).longValue() & LIMB;
        }
        return limbs;
    }

    /** Whether these, at most so many times the prime, are forms of the same number. */
    boolean areEqual(long[] a, int timesOfA, long[] b, int timesOfB) {
        // The lowest limb tells how many times the prime lies between them, if they are.
        long between = (b[0] - a[0]) * negatedInverse + timesOfB & LIMB;
        return between <= timesOfA + timesOfB
                && number(subtract(a, b, timesOfB)).signum() == 0;
    }

    /** At most as many times the prime as both together. */
    long[] add(long[] a, long[] b) {
        long[] sum = new long[limbs.length];
        long carry = 0;
        for (int i = 0; i < sum.length; i++) {
            long part = a[i] + b[i] + carry;
            sum[i] = part & LIMB;
            carry = part >>> LIMB_BITS;
        }
        return sum;
    }

    /** The difference, plus {@code times} times the prime, which is not less than {@code b}. */
    long[] subtract(long[] a, long[] b, int times) {
        long[] difference = new long[limbs.length];
        long carry = 0;
        for (int i = 0; i < difference.length; i++) {
            long part = a[i] - b[i] + times * limbs[i] + carry;
            difference[i] = part & LIMB;
            carry = part >> LIMB_BITS;
        }
        return difference;
    }

    /** The same number, at most twice the prime. */
    long[] reduced(long[] form) {
        return multiply(form, one);
    }

    /**
     * For each limb of {@code b}: adds the product of {@code a} with it, and so many times the prime that the lowest limb becomes
     * 0 and is dropped. A product of two limbs is added in two halves, of which the upper comes from a factor that was shifted.
     */
    long[] multiply(long[] a, long[] b) {
        long[] prime = limbs;
        long[] product = new long[prime.length];
        int last = product.length - 1;
        for (long limb : b) {
            long shiftedLimb = limb << SPARE_BITS;
            long lowest = product[0] + (a[0] * limb & LIMB);
            long times = lowest * negatedInverse & LIMB;
            long shiftedTimes = times << SPARE_BITS;
            long carry = ((lowest + (prime[0] * times & LIMB)) >>> LIMB_BITS)
                    + Math.unsignedMultiplyHigh(a[0], shiftedLimb)
                    + Math.unsignedMultiplyHigh(prime[0], shiftedTimes);
            for (int i = 1; i <= last; i++) {
                product[i - 1] = product[i] + (a[i] * limb & LIMB) + (prime[i] * times & LIMB) + carry;
                carry = Math.unsignedMultiplyHigh(a[i], shiftedLimb)
                        + Math.unsignedMultiplyHigh(prime[i], shiftedTimes);
            }
            product[last] = carry;
        }
        long carry = 0;
        for (int i = 0; i <= last; i++) {
            long part = product[i] + carry;
            product[i] = part & LIMB;
            carry = part >>> LIMB_BITS;
        }
        return product;
    }
}
