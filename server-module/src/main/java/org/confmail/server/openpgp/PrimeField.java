package org.confmail.server.openpgp;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Arithmetic modulo an odd prime, on numbers in Montgomery's form: a number x stands for x times 2 to the power of 64 for each
 * limb, modulo the prime, so that a product is reduced by multiplications alone (Montgomery, Modular multiplication without trial
 * division, 1985). A number is an array of limbs of 64 bits, the least significant first, always below the prime; nobody changes
 * one that was returned. For public numbers only: how long an operation takes depends on them. Immutable.
 */
final class PrimeField {
    private final BigInteger prime;
    private final long[] limbs;
    private final long negatedInverse;
    private final BigInteger radix;
    private final long[] plainOne;
    private final long[] one;

    PrimeField(BigInteger prime) {
        this.prime = prime;
        int count = (prime.bitLength() + Long.SIZE - 1) / Long.SIZE;
        this.limbs = limbs(prime, count);
        this.radix = BigInteger.ONE.shiftLeft(count * Long.SIZE);
        this.plainOne = limbs(BigInteger.ONE, count);
        this.one = form(BigInteger.ONE);
        BigInteger word = BigInteger.ONE.shiftLeft(Long.SIZE);
        this.negatedInverse = prime.modInverse(word).negate().longValue();
    }

    BigInteger prime() {
        return prime;
    }

    /** The form of a number from 0 to below the prime. */
    long[] form(BigInteger number) {
        return limbs(number.multiply(radix).mod(prime), limbs.length);
    }

    /** The form of 1. */
    long[] one() {
        return one;
    }

    /** The number of which this is the form. */
    BigInteger number(long[] form) {
        long[] plain = multiply(form, plainOne);
        ByteBuffer bytes = ByteBuffer.allocate(plain.length * Long.BYTES);
        for (int i = plain.length - 1; i >= 0; i--) {
            bytes.putLong(plain[i]);
        }
        return new BigInteger(1, bytes.array());
    }

    /** How many bits the number has of which this is the form. */
    int bitLength(long[] form) {
        long[] plain = multiply(form, plainOne);
        for (int i = plain.length - 1; i >= 0; i--) {
            if (plain[i] != 0) {
                return (i + 1) * Long.SIZE - Long.numberOfLeadingZeros(plain[i]);
            }
        }
        return 0;
    }

    private static long[] limbs(BigInteger number, int count) {
        long[] limbs = new long[count];
        for (int i = 0; i < count; i++) {
            limbs[i] = number.shiftRight(i * Long.SIZE).longValue();
        }
        return limbs;
    }

    long[] add(long[] a, long[] b) {
        long[] sum = new long[limbs.length];
        long carry = 0;
        for (int i = 0; i < sum.length; i++) {
            long part = a[i] + b[i];
            sum[i] = part + carry;
            carry = below(part, a[i]) + below(sum[i], part);
        }
        return reduced(sum, carry);
    }

    long[] subtract(long[] a, long[] b) {
        long[] difference = new long[limbs.length];
        if (subtract(a, b, difference) != 0) {
            long carry = 0;
            for (int i = 0; i < difference.length; i++) {
                long part = difference[i] + limbs[i];
                long sum = part + carry;
                carry = below(part, limbs[i]) + below(sum, part);
                difference[i] = sum;
            }
        }
        return difference;
    }

    /**
     * For each limb of {@code b}: adds the product of {@code a} with it, and so many times the prime that the lowest limb becomes
     * 0 and is dropped.
     */
    long[] multiply(long[] a, long[] b) {
        long[] prime = limbs;
        long[] product = new long[prime.length];
        int last = product.length - 1;
        long top = 0;
        for (long limb : b) {
            long low = a[0] * limb;
            long sum = low + product[0];
            long carry = Math.unsignedMultiplyHigh(a[0], limb) + below(sum, low);
            long times = sum * negatedInverse;
            long primeCarry = Math.unsignedMultiplyHigh(times, prime[0]) + (sum == 0 ? 0 : 1);
            for (int i = 1; i <= last; i++) {
                low = a[i] * limb;
                long part = low + carry;
                sum = part + product[i];
                carry = Math.unsignedMultiplyHigh(a[i], limb) + below(part, low) + below(sum, part);
                low = times * prime[i];
                part = low + primeCarry;
                long reduced = part + sum;
                primeCarry = Math.unsignedMultiplyHigh(times, prime[i]) + below(part, low) + below(reduced, part);
                product[i - 1] = reduced;
            }
            long carries = carry + primeCarry;
            product[last] = carries + top;
            top = below(carries, carry) + below(product[last], carries);
        }
        return reduced(product, top);
    }

    /** The number below the prime, of one below twice the prime; {@code top} is its bit above the limbs. */
    private long[] reduced(long[] number, long top) {
        if (top != 0 || !isBelowPrime(number)) {
            subtract(number, limbs, number);
        }
        return number;
    }

    private boolean isBelowPrime(long[] number) {
        for (int i = limbs.length - 1; i >= 0; i--) {
            if (number[i] != limbs[i]) {
                return below(number[i], limbs[i]) != 0;
            }
        }
        return false;
    }

    /** Returns 1 if {@code a} was smaller, else 0. */
    private static long subtract(long[] a, long[] b, long[] difference) {
        long borrow = 0;
        for (int i = 0; i < difference.length; i++) {
            long part = a[i] - b[i];
            long taken = below(a[i], b[i]) + below(part, borrow);
            difference[i] = part - borrow;
            borrow = taken;
        }
        return borrow;
    }

    private static long below(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
    }
}
