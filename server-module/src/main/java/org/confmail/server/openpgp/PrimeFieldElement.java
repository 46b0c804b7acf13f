package org.confmail.server.openpgp;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECFieldElement;
import org.jspecify.annotations.Nullable;

/** A number of a {@link PrimeField}, as Bouncy Castle's curves calculate with it. Immutable but for what it remembers. */
final class PrimeFieldElement extends ECFieldElement.AbstractFp {
    private final PrimeField field;
    private final long[] form;
    /** How many times the prime the form is at most. */
    private final int times;
    /** These two are remembered, for Bouncy Castle asks a curve's coefficient for them with every addition of points. */
    private @Nullable PrimeFieldElement negative;

    private int bitLength;

    private PrimeFieldElement(PrimeField field, long[] form, int times) {
        this.field = field;
        this.form = form;
        this.times = times;
    }

    static PrimeFieldElement of(PrimeField field, BigInteger number) {
        return new PrimeFieldElement(field, field.form(number), 1);
    }

    private PrimeFieldElement sum(long[] result, int times) {
        return times <= PrimeField.TIMES_MAX
                ? new PrimeFieldElement(field, result, times)
                : new PrimeFieldElement(field, field.reduced(result), PrimeField.PRODUCT_TIMES);
    }

    private PrimeFieldElement times(PrimeFieldElement other) {
        return new PrimeFieldElement(field, field.multiply(form, other.form), PrimeField.PRODUCT_TIMES);
    }

    @Override
    public BigInteger toBigInteger() {
        return field.number(form);
    }

    @Override
    public String getFieldName() {
        return "Fp";
    }

    @Override
    public int getFieldSize() {
        return field.prime().bitLength();
    }

    @Override
    public ECFieldElement add(ECFieldElement other) {
        PrimeFieldElement element = (PrimeFieldElement) other;
        return sum(field.add(form, element.form), times + element.times);
    }

    @Override
    public ECFieldElement addOne() {
        return sum(field.add(form, field.one()), times + 1);
    }

    @Override
    public ECFieldElement subtract(ECFieldElement other) {
        PrimeFieldElement element = (PrimeFieldElement) other;
        return sum(field.subtract(form, element.form, element.times), times + element.times);
    }

    @Override
    public ECFieldElement multiply(ECFieldElement other) {
        return times((PrimeFieldElement) other);
    }

    @Override
    public ECFieldElement divide(ECFieldElement other) {
        return multiply(other.invert());
    }

    @Override
    public ECFieldElement negate() {
        PrimeFieldElement result = negative;
        if (result == null) {
            result = sum(field.subtract(field.zero(), form, times), times);
            negative = result;
        }
        return result;
    }

    @Override
    public ECFieldElement square() {
        return times(this);
    }

    @Override
    public ECFieldElement invert() {
        return of(field, toBigInteger().modInverse(field.prime()));
    }

    @Override
    public ECFieldElement sqrt() {
        throw new UnsupportedOperationException("compressed points are decoded elsewhere");
    }

    @Override
    public int bitLength() {
        int result = bitLength;
        if (result == 0) {
            result = field.bitLength(form);
            bitLength = result;
        }
        return result;
    }

    @Override
    public boolean isOne() {
        return field.areEqual(form, times, field.one(), 1);
    }

    @Override
    public boolean isZero() {
        return field.areEqual(form, times, field.zero(), 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrimeFieldElement element
                && field == element.field
                && field.areEqual(form, times, element.form, element.times);
    }

    @Override
    public int hashCode() {
        return toBigInteger().hashCode();
    }
}
