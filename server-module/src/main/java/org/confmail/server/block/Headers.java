package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The decisive headers of one block, or of one announcement: where each value lies in the text. A header that is needed must be
 * there exactly once: of two Dates this server could judge by the one and another server by the other.
 */
final class Headers {
    private final byte[] text;
    private final int from;
    private final int to;
    private final int[] valueFrom = new int[Header.count()];
    /** 0 where the header is missing: no value ends there, because its name stands before it. */
    private final int[] valueTo = new int[Header.count()];

    private int repeated;

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

    private void take(int start, int end) throws InvalidBlock {
        checkLine(text, start, end);
        Header header = Header.of(text, start, end);
        if (header == null) {
            return;
        }
        if (header == Header.DATA) {
            throw new InvalidBlock("Data line where none may be: " + Cited.text(text, start, end));
        }
        int index = header.ordinal();
        if (valueTo[index] == 0) {
            valueFrom[index] = start + header.prefixBytes();
            valueTo[index] = end;
        } else {
            repeated |= 1 << index;
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
        if (ForbiddenHeader.matches(text, start, end)) {
            throw new InvalidBlock("forbidden header: " + Cited.text(text, start, end));
        }
    }

    private int index(Header header) throws InvalidBlock {
        int index = header.ordinal();
        if (valueTo[index] == 0) {
            throw new InvalidBlock("no " + header.wireName());
        }
        if ((repeated & 1 << index) != 0) {
            throw new InvalidBlock("more than one " + header.wireName());
        }
        return index;
    }

    private InvalidBlock bad(Header header, int start, int end) {
        return new InvalidBlock("bad " + header.wireName() + ": " + Cited.text(text, start, end));
    }

    /** The value as it is written. */
    byte[] value(Header header) throws InvalidBlock {
        int index = index(header);
        return Arrays.copyOfRange(text, valueFrom[index], valueTo[index]);
    }

    /** Where the line of this header ends. */
    int lineEnd(Header header) throws InvalidBlock {
        return valueTo[index(header)];
    }

    void requireType(BlockType type) throws InvalidBlock {
        int index = index(Header.TYPE);
        String value =
                new String(text, valueFrom[index], valueTo[index] - valueFrom[index], StandardCharsets.ISO_8859_1);
        if (BlockType.named(value).filter(type::equals).isEmpty()) {
            throw bad(Header.TYPE, valueFrom[index], valueTo[index]);
        }
    }

    Instant date() throws InvalidBlock {
        int index = index(Header.DATE);
        return Stamp.parse(text, valueFrom[index], valueTo[index])
                .orElseThrow(() -> bad(Header.DATE, valueFrom[index], valueTo[index]));
    }

    ProofOfWork proof() throws InvalidBlock {
        int index = index(Header.PROOF_OF_WORK);
        return ProofOfWork.parse(text, valueFrom[index], valueTo[index])
                .orElseThrow(() -> bad(Header.PROOF_OF_WORK, valueFrom[index], valueTo[index]));
    }

    /** The {@value Key#BYTES} bytes that a value of 40 hexadecimal digits spells. */
    byte[] hash(Header header) throws InvalidBlock {
        int index = index(header);
        byte[] hash = new byte[Key.BYTES];
        decode(header, valueFrom[index], valueTo[index], hash, 0);
        return hash;
    }

    /** A value of at least one byte without white space. */
    byte[] word(Header header) throws InvalidBlock {
        byte[] word = value(header);
        boolean bad = word.length == 0;
        for (byte b : word) {
            bad |= b == ' ' || b >= '\t' && b <= '\r';
        }
        if (bad) {
            int index = index(header);
            throw bad(header, valueFrom[index], valueTo[index]);
        }
        return word;
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
