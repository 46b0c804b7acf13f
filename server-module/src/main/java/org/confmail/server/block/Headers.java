package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The decisive headers of one block, or of one announcement: where each value lies in the text. A header that is needed must be
 * there exactly once: of two Dates this server could judge by the one and another server by the other.
 */
final class Headers {
    private final byte[] text;
    private final int from;
    private final int to;
    private final Map<Header, Value> values = new EnumMap<>(Header.class);

    /** Where the value of a header lies, and whether the header is there again. */
    private record Value(int from, int to, boolean repeated) {}

    private Headers(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /**
     * Reads the lines from {@code from} to {@code to}.
     *
     * @throws InvalidBlock if one of them may stand in no stored block
     */
    static Headers read(byte[] text, int from, int to) throws InvalidBlock {
        Headers headers = new Headers(text, from, to);
        int start = from;
        while (start < to) {
            int end = Lines.end(text, start, to);
            headers.take(start, end);
            start = end + 1;
        }
        return headers;
    }

    /** Refuses a text with a line that may stand in no stored block. */
    static void requireStorable(byte[] text, int from, int to) throws InvalidBlock {
        int start = from;
        while (start < to) {
            int end = Lines.end(text, start, to);
            checkLine(text, start, end);
            start = end + 1;
        }
    }

    private void take(int start, int end) throws InvalidBlock {
        checkLine(text, start, end);
        Header header = Header.of(text, start, end);
        if (header == null) {
            return;
        }
        Value value = new Value(start + header.prefixBytes(), end, false);
        Value first = values.putIfAbsent(header, value);
        if (first != null) {
            values.put(header, new Value(first.from, first.to, true));
        }
    }

    /**
     * What no posted block has, because the session stops there; what comes by the DHT, whole, could have it, and the client to
     * whom it is served would lose step, or an old server's queue take it for its own (PROTOCOL sections 2 and 8).
     */
    private static void checkLine(byte[] text, int start, int end) throws InvalidBlock {
        if (end - start > Lines.LINE_BYTES_MAX) {
            throw new InvalidBlock("line of " + (end - start) + " bytes");
        }
        for (int i = start; i < end; i++) {
            if (text[i] == '\r') {
                throw new InvalidBlock("CR inside a line: " + Cited.text(text, start, end));
            }
        }
        if (Lines.is(text, start, end, "endblock")) {
            throw new InvalidBlock("EndBlock inside a block");
        }
        if (Header.DATA.begins(text, start, end)) {
            throw new InvalidBlock("Data line where none may be: " + Cited.text(text, start, end));
        }
        if (ForbiddenHeader.matches(text, start, end)) {
            throw new InvalidBlock("forbidden header: " + Cited.text(text, start, end));
        }
    }

    private Value find(Header header) throws InvalidBlock {
        Value value = values.get(header);
        if (value == null) {
            throw new InvalidBlock("no " + header.wireName());
        }
        if (value.repeated) {
            throw new InvalidBlock("more than one " + header.wireName());
        }
        return value;
    }

    private InvalidBlock bad(Header header, int start, int end) {
        return new InvalidBlock("bad " + header.wireName() + ": " + Cited.text(text, start, end));
    }

    /** The value as it is written. */
    byte[] text(Header header) throws InvalidBlock {
        Value value = find(header);
        return Arrays.copyOfRange(text, value.from, value.to);
    }

    /** Refuses any other type than this, and one whose line a reader of the stored file's head would not get to see. */
    void requireType(BlockType type) throws InvalidBlock {
        Value value = find(Header.TYPE);
        String name = new String(text, value.from, value.to - value.from, StandardCharsets.ISO_8859_1);
        if (BlockType.named(name).filter(type::equals).isEmpty()) {
            throw bad(Header.TYPE, value.from, value.to);
        }
        if (value.to - from >= StoredHead.BYTES_MAX) {
            throw new InvalidBlock("Type comes after " + (value.from - from) + " bytes");
        }
    }

    Instant date() throws InvalidBlock {
        Value value = find(Header.DATE);
        return Stamp.parse(text, value.from, value.to).orElseThrow(() -> bad(Header.DATE, value.from, value.to));
    }

    ProofOfWork proof() throws InvalidBlock {
        Value value = find(Header.PROOF_OF_WORK);
        return ProofOfWork.parse(text, value.from, value.to)
                .orElseThrow(() -> bad(Header.PROOF_OF_WORK, value.from, value.to));
    }

    /** The {@value Key#BYTES} bytes that a value of 40 hexadecimal digits spells. */
    byte[] hash(Header header) throws InvalidBlock {
        Value value = find(header);
        byte[] hash = new byte[Key.BYTES];
        decode(header, value.from, value.to, hash, 0);
        return hash;
    }

    /** A value of at least one byte without white space. */
    byte[] word(Header header) throws InvalidBlock {
        Value value = find(header);
        boolean good = value.from < value.to;
        for (int i = value.from; i < value.to; i++) {
            good &= !isWhiteSpace(text[i]);
        }
        if (!good) {
            throw bad(header, value.from, value.to);
        }
        return Arrays.copyOfRange(text, value.from, value.to);
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** The bytes of all DataBlock lines, of which there may be any number, in their order. */
    byte[] dataBlocks() throws InvalidBlock {
        byte[] keys = new byte[Key.BYTES * 2];
        int length = 0;
        int start = from;
        while (start < to) {
            int end = Lines.end(text, start, to);
            if (Header.DATA_BLOCK.begins(text, start, end)) {
                if (length == keys.length) {
                    keys = Arrays.copyOf(keys, length * 2);
                }
                decode(Header.DATA_BLOCK, start + Header.DATA_BLOCK.prefixBytes(), end, keys, length);
                length += Key.BYTES;
            }
            start = end + 1;
        }
        return Arrays.copyOf(keys, length);
    }

    private void decode(Header header, int start, int end, byte[] target, int offset) throws InvalidBlock {
        if (end - start != Key.HEX_DIGITS) {
            throw bad(header, start, end);
        }
        for (int i = 0; i < Key.BYTES; i++) {
            byte high = text[start + 2 * i];
            byte low = text[start + 2 * i + 1];
            if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
                throw bad(header, start, end);
            }
            target[offset + i] = (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
        }
    }
}
