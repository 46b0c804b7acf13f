package org.confmail.server.openpgp;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECFieldElement;

/** A number of a {@link PrimeField}, as Bouncy Castle's curves calculate with it. Immutable. */
final class PrimeFieldElement extends ECFieldElement.AbstractFp {
    private final PrimeField field;
    private final long[] form;

    private PrimeFieldElement(PrimeField field, long[] form) {
        this.field = field;
        this.form = form;
    }

    static PrimeFieldElement of(PrimeField field, BigInteger number) {
        return new PrimeFieldElement(field, field.form(number));
    }

    private static long[] form(ECFieldElement element) {
        return ((PrimeFieldElement) element).form;
    }

    private PrimeFieldElement with(long[] result) {
        return new PrimeFieldElement(field, result);
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
        return with(field.add(form, form(other)));
    }

    @Override
    public ECFieldElement addOne() {
        return with(field.add(form, field.one()));
    }

    @Override
    public ECFieldElement subtract(ECFieldElement other) {
        return with(field.subtract(form, form(other)));
    }

    @Override
    public ECFieldElement multiply(ECFieldElement other) {
        return with(field.multiply(form, form(other)));
    }

    @Override
    public ECFieldElement divide(ECFieldElement other) {
        return multiply(other.invert());
    }

    @Override
    public ECFieldElement negate() {
        return with(field.subtract(new long[form.length], form));
    }

    @Override
    public ECFieldElement square() {
        return with(field.multiply(form, form));
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
        return field.bitLength(form);
    }

    @Override
    public boolean isOne() {
        return Arrays.equals(form, field.one());
    }

    /** Only 0 has the form 0. */
    @Override
    public boolean isZero() {
        for (long limb : form) {
            if (limb != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrimeFieldElement element
                && field == element.field
                && Arrays.equals(form, element.form);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(form);
    }
}
