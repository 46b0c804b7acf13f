package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.confmail.server.block.ProofOfWork.Work;
import org.jspecify.annotations.Nullable;

/** The header of a data block, valid as far as that can be said without the bytes. Immutable. PROTOCOL section 3. */
public final class DataHeader {
    private final byte[] stored;
    private final byte[] dateText;
    private final Instant date;
    private final ProofOfWork proof;
    private final long length;
    private final Limits limits;

    private DataHeader(byte[] lines, Headers headers, long length, Limits limits) throws InvalidBlock {
        byte[] dataLine = ("Data: " + length + "\n").getBytes(StandardCharsets.US_ASCII);
        this.stored = Arrays.copyOf(lines, lines.length + dataLine.length);
        System.arraycopy(dataLine, 0, stored, lines.length, dataLine.length);
        this.dateText = headers.text(Header.DATE);
        this.date = headers.date();
        this.proof = headers.proof();
        this.length = length;
        this.limits = limits;
    }

    /**
     * Judges a header.
     *
     * @param lines the header lines as received, each ended by LF, without the {@code Data} line
     * @param length n of the {@code Data} line
     */
    public static DataJudgment parse(byte[] lines, long length, Limits limits, Instant now) {
        try {
            return new DataJudgment.Valid(read(lines, length, limits, now));
        } catch (InvalidBlock invalid) {
            return new DataJudgment.Invalid(invalid.reason());
        }
    }

    private static DataHeader read(byte[] lines, long length, Limits limits, Instant now) throws InvalidBlock {
        if (length < 1) {
            throw new InvalidBlock("no data");
        }
        if (length > limits.dataBytesMax()) {
            throw new InvalidBlock(length + " bytes of data, allowed are " + limits.dataBytesMax());
        }
        if (lines.length > 0 && lines[lines.length - 1] != '\n') {
            throw new InvalidBlock("last header line has no end");
        }
        Headers headers = Headers.read(lines, 0, lines.length);
        headers.requireType(BlockType.DATA);
        DataHeader header = new DataHeader(lines, headers, length, limits);
        if (header.stored.length > StoredHead.BYTES_MAX) {
            throw new InvalidBlock("header of " + header.stored.length + " bytes");
        }
        limits.requireTimely(BlockType.DATA, header.date, now);
        return header;
    }

    /** What stands before the bytes in the stored file: the header lines and the {@code Data} line. */
    public byte[] stored() {
        return stored.clone();
    }

    /** How many bytes follow. */
    public long length() {
        return length;
    }

    /** A check for the bytes of this block. */
    public DataCheck check() {
        return new DataCheck(this);
    }

    /**
     * Whether this block takes the place of what is held under its key.
     *
     * @param held the head of the stored file, or null where there is none
     */
    public Replacement replaces(@Nullable StoredHead held, Instant now) {
        return Replacement.of(held, date, limits, now);
    }

    /** The Date as written, which the proof is made for. */
    byte[] dateText() {
        return dateText;
    }

    ProofOfWork proof() {
        return proof;
    }

    Work requiredWork() {
        return limits.proof(BlockType.DATA);
    }
}
