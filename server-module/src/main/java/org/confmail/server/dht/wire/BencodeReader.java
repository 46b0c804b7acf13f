package org.confmail.server.dht.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.MalformedMessageException.Reason;

/**
 * Reads bencoded values one after the other. A length is compared with the bytes that are there before anything is made of
 * it, and nothing here calls itself, so that time and memory are bounded by the input. PROTOCOL section 10.
 */
final class BencodeReader {
    /** What any {@code long} holds; an honest node's largest number is an age in seconds. */
    private static final int DIGITS_MAX = 18;
    /** Python prints a float with at most 17 digits, a sign, a point and an exponent. */
    private static final int FLOAT_CHARS_MAX = 32;
    /** Lists and dictionaries inside each other, in what is skipped. A message itself has three. */
    private static final int DEPTH_MAX = 16;

    private final byte[] bytes;
    private int at;

    BencodeReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    /** Whether the list or dictionary that is being read ends here; its end is then read. */
    boolean end() throws MalformedMessageException {
        if (peek() != 'e') {
            return false;
        }
        at++;
        return true;
    }

    boolean atString() throws MalformedMessageException {
        return isDigit(peek());
    }

    boolean atList() throws MalformedMessageException {
        return peek() == 'l';
    }

    boolean atDictionary() throws MalformedMessageException {
        return peek() == 'd';
    }

    void list() throws MalformedMessageException {
        begin('l');
    }

    void dictionary() throws MalformedMessageException {
        begin('d');
    }

    /** How many elements the list has that comes next; nothing of it is read. */
    int elements() throws MalformedMessageException {
        int before = at;
        list();
        int count = 0;
        while (!end()) {
            skip();
            count++;
        }
        at = before;
        return count;
    }

    /** A whole number, from {@code i…e}. */
    long integer() throws MalformedMessageException {
        begin('i');
        return digits('e');
    }

    /** A whole number, or what stands before the point of a float, {@code f…e}. */
    long wholePart() throws MalformedMessageException {
        if (peek() != 'f') {
            return integer();
        }
        at++;
        int point = at;
        while (point < bytes.length && bytes[point] != '.' && bytes[point] != 'e') {
            point++;
        }
        if (point == bytes.length) {
            throw new MalformedMessageException(Reason.CUT_OFF);
        }
        if (bytes[point] == 'e') {
            return digits('e');
        }
        long whole = digits('.');
        fraction();
        return whole;
    }

    /** A string's bytes, in an array of their own. */
    byte[] string() throws MalformedMessageException {
        int length = stringLength();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** A string of at most {@code max} bytes, one byte a character. */
    String text(int max) throws MalformedMessageException {
        int length = stringLength();
        if (length > max) {
            throw new MalformedMessageException(Reason.TEXT_TOO_LONG);
        }
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
    }

    /** The first {@code max} bytes of a string, one byte a character. */
    String textShortened(int max) throws MalformedMessageException {
        int length = stringLength();
        at += length;
        return new String(bytes, at - length, Math.min(length, max), StandardCharsets.ISO_8859_1);
    }

    /** An id or key of 160 bits. */
    Key key() throws MalformedMessageException {
        if (stringLength() != Key.BYTES) {
            throw new MalformedMessageException(Reason.ID_LENGTH);
        }
        at += Key.BYTES;
        return Key.of(bytes, at - Key.BYTES);
    }

    /** Passes over a value of any type. */
    void skip() throws MalformedMessageException {
        int depth = 0;
        do {
            switch (peek()) {
                case 'l', 'd' -> {
                    at++;
                    depth++;
                    if (depth > DEPTH_MAX) {
                        throw new MalformedMessageException(Reason.TOO_DEEP);
                    }
                }
                case 'e' -> {
                    if (depth == 0) {
                        throw new MalformedMessageException(Reason.NO_BENCODING);
                    }
                    at++;
                    depth--;
                }
                case 'i', 'f' -> wholePart();
                default -> {
                    int length = stringLength();
                    at += length;
                }
            }
        } while (depth > 0);
    }

    private void begin(char type) throws MalformedMessageException {
        if (peek() != type) {
            throw new MalformedMessageException(Reason.WRONG_TYPE);
        }
        at++;
    }

    /** Reads a string's length and colon; the bytes are there. */
    private int stringLength() throws MalformedMessageException {
        if (!atString()) {
            throw new MalformedMessageException(Reason.WRONG_TYPE);
        }
        long length = digits(':');
        if (length > bytes.length - at) {
            throw new MalformedMessageException(Reason.CUT_OFF);
        }
        return (int) length;
    }

    /** Reads a number in the one way that it can be written, and what ends it. */
    private long digits(char end) throws MalformedMessageException {
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        int first = at;
        long number = 0;
        while (isDigit(peek())) {
            if (at - first == DIGITS_MAX) {
                throw new MalformedMessageException(Reason.BAD_NUMBER);
            }
            number = number * 10 + (bytes[at] - '0');
            at++;
        }
        boolean leadingZero = bytes[first] == '0' && (at - first > 1 || (negative && end != '.'));
        if (at == first || leadingZero || bytes[at] != end) {
            throw new MalformedMessageException(Reason.BAD_NUMBER);
        }
        at++;
        return negative ? -number : number;
    }

    /** Reads the digits after a float's point, and its end. */
    private void fraction() throws MalformedMessageException {
        int first = at;
        while (isDigit(peek())) {
            if (at - first == FLOAT_CHARS_MAX) {
                throw new MalformedMessageException(Reason.BAD_NUMBER);
            }
            at++;
        }
        if (at == first || bytes[at] != 'e') {
            throw new MalformedMessageException(Reason.BAD_NUMBER);
        }
        at++;
    }

    private byte peek() throws MalformedMessageException {
        if (at == bytes.length) {
            throw new MalformedMessageException(Reason.CUT_OFF);
        }
        return bytes[at];
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
