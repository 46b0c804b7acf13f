package org.confmail.server.delivery.peer;

import java.nio.channels.FileChannel;

/** A block as it is sent: text lines with LF, which become CR LF on the wire, and for a data block its bytes from a file. */
public sealed interface OutgoingBlock {

    /**
     * A text block.
     *
     * @param lines each with its LF, without EndBlock
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Text(byte[] lines) implements OutgoingBlock {}

    /**
     * A data block.
     *
     * @param header the lines before the Data line, each with its LF
     * @param file holds the data; read by position
     * @param position of the first byte
     * @param length in bytes, at least 1
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Data(byte[] header, FileChannel file, long position, long length) implements OutgoingBlock {}
}
