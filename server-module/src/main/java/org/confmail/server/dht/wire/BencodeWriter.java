package org.confmail.server.dht.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.confmail.server.block.Key;

/** Writes bencoded values one after the other. PROTOCOL section 10. */
final class BencodeWriter {
    private byte[] bytes;
    private int size;

    /** A writer with room for {@code expected} bytes; it grows when more come. */
    BencodeWriter(int expected) {
        bytes = new byte[expected];
    }

    BencodeWriter list() {
        return put('l');
    }

    BencodeWriter dictionary() {
        return put('d');
    }

    /** Ends the list or dictionary that was begun last. */
    BencodeWriter end() {
        return put('e');
    }

    BencodeWriter integer(long number) {
        put('i');
        decimal(number);
        return put('e');
    }

    BencodeWriter string(byte[] string) {
        decimal(string.length);
        put(':');
        return append(string);
    }

    /** A string of characters of one byte each. */
    BencodeWriter string(String text) {
        return string(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    BencodeWriter string(Key key) {
        return string(key.bytes());
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void decimal(long number) {
        if (number >= 0 && number < 10) {
            put((char) ('0' + number));
        } else {
            append(Long.toString(number).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private BencodeWriter put(char character) {
        room(1);
        bytes[size++] = (byte) character;
        return this;
    }

    private BencodeWriter append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }
}
