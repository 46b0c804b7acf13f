package org.confmail.server.openpgp;

import java.math.BigInteger;
import java.util.Arrays;

/** Reads the contents of one packet, or a part of them, from front to back. Belongs to one thread. */
final class Octets {
    private final byte[] source;
    private final String what;
    private int at;
    private final int to;

    /**
     * Over a whole array.
     *
     * @param what names the source in a refusal
     */
    Octets(byte[] source, String what) {
        this(source, 0, source.length, what);
    }

    private Octets(byte[] source, int from, int to, String what) {
        this.source = source;
        this.what = what;
        this.at = from;
        this.to = to;
    }

    boolean atEnd() {
        return at == to;
    }

    void requireEnd() throws OpenPgpException {
        if (!atEnd()) {
            throw new OpenPgpException(what + " has " + (to - at) + " bytes too many");
        }
    }

    int octet() throws OpenPgpException {
        return (int) number(1);
    }

    /** A big-endian number without sign. */
    long number(int octets) throws OpenPgpException {
        require(octets);
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = number << 8 | (source[at++] & 0xff);
        }
        return number;
    }

    byte[] bytes(int count) throws OpenPgpException {
        require(count);
        at += count;
        return Arrays.copyOfRange(source, at - count, at);
    }

    /** The next {@code count} octets, to be read by themselves. */
    Octets part(long count, String part) throws OpenPgpException {
        require(count);
        at += (int) count;
        return new Octets(source, at - (int) count, at, part);
    }

    /** A multiprecision integer of at most {@code bitsMax} bits. RFC 4880 section 3.2. */
    BigInteger integer(int bitsMax) throws OpenPgpException {
        int bits = (int) number(2);
        if (bits > bitsMax) {
            throw new OpenPgpException(what + " has a number of " + bits + " bits, allowed are " + bitsMax);
        }
        byte[] magnitude = bytes((bits + 7) / 8);
        BigInteger integer = new BigInteger(1, magnitude);
        if (integer.bitLength() > bits) {
            throw new OpenPgpException(what + " has a number with a wrong length");
        }
        return integer;
    }

    private void require(long count) throws OpenPgpException {
        if (count > to - at) {
            throw new OpenPgpException(what + " is cut off");
        }
    }
}
