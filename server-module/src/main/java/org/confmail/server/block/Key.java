package org.confmail.server.block;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/** A block's 160-bit key. Written as 40 hexadecimal digits, upper case; read in either case. */
public final class Key implements Comparable<Key> {
    public static final int BYTES = 20;
    public static final int HEX_DIGITS = 2 * BYTES;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final byte[] bytes;

    private Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The key made of these bytes.
     *
     * @throws IllegalArgumentException unless they are {@value #BYTES}
     */
    public static Key of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Key(bytes.clone());
    }

    /**
     * The key made of the {@value #BYTES} bytes that begin at {@code offset}.
     *
     * @throws IndexOutOfBoundsException unless they are there
     */
    public static Key of(byte[] bytes, int offset) {
        Objects.checkFromIndexSize(offset, BYTES, bytes.length);
        return new Key(Arrays.copyOfRange(bytes, offset, offset + BYTES));
    }

    /** The key that {@code text} spells in exactly {@value #HEX_DIGITS} hexadecimal digits, or empty. */
    public static Optional<Key> parse(String text) {
        if (text.length() != HEX_DIGITS) {
            return Optional.empty();
        }
        for (int i = 0; i < HEX_DIGITS; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Key(HEX.parseHex(text)));
    }

    /** SHA-1 of the parts, one after the other. */
    public static Key sha1(byte[]... parts) {
        MessageDigest digest = sha1Digest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Key(digest.digest());
    }

    /** A fresh SHA-1; every Java platform has it. */
    public static MessageDigest sha1Digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The {@value #BYTES} bytes, in an array of the caller's own. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Byte {@code index} of the key, 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return (bytes[0] << 24) | (at(1) << 16) | (at(2) << 8) | at(3);
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    /** The {@value #HEX_DIGITS} upper-case digits. */
    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}
