package org.confmail.server.dht.wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.confmail.server.block.Key;

/**
 * The datagrams that one encoded message makes: itself, or fragments if it is longer than a datagram of existing nodes. A
 * fragment is byte 0, how many there are (2 bytes), its number from 0 (2), the message id (20), byte 0, and its piece of the
 * message. PROTOCOL section 10.
 */
public final class Fragments {
    /** The longest message that travels in one piece, and the longest piece. */
    public static final int PIECE_BYTES_MAX = 8166;

    /** How long the sender waits between two fragments, so that the receiver's socket buffer takes them all. */
    public static final Duration SPACING = Duration.ofMillis(1);

    static final int HEADER_BYTES = 26;
    /** What two bytes count. */
    static final int FRAGMENTS_MAX = 65_535;

    private static final int MARK = 0;
    private static final int SECOND_MARK_AT = 25;
    private static final int COUNT_AT = 1;
    private static final int NUMBER_AT = 3;
    private static final int MESSAGE_ID_AT = 5;

    private final Key messageId;
    private final byte[] message;
    private final int count;

    /**
     * Cuts an encoded message, which nobody changes from now on.
     *
     * @throws IllegalArgumentException if it is longer than fragments can count, over 500 MB
     */
    public Fragments(Key messageId, byte[] message) {
        this.messageId = messageId;
        this.message = message;
        this.count = countFor(message.length);
    }

    /** How many datagrams a message of so many bytes makes. */
    static int countFor(int bytes) {
        int count = Math.max(1, Math.ceilDiv(bytes, PIECE_BYTES_MAX));
        if (count > FRAGMENTS_MAX) {
            throw new IllegalArgumentException("a message of " + bytes + " bytes can't be cut");
        }
        return count;
    }

    /** How many datagrams there are, at least one. */
    public int count() {
        return count;
    }

    /** The bytes of all datagrams together. */
    public long bytes() {
        return count == 1 ? message.length : message.length + (long) count * HEADER_BYTES;
    }

    /** The datagram of this number, from 0. Made when it is asked for, so that a long message is not there twice. */
    public byte[] datagram(int number) {
        if (count == 1) {
            return message;
        }
        int from = number * PIECE_BYTES_MAX;
        int length = Math.min(PIECE_BYTES_MAX, message.length - from);
        return ByteBuffer.allocate(HEADER_BYTES + length)
                .put((byte) MARK)
                .putShort((short) count)
                .putShort((short) number)
                .put(messageId.bytes())
                .put((byte) MARK)
                .put(message, from, length)
                .array();
    }

    /** Whether a datagram is a fragment, by the two bytes that existing nodes look at. */
    static boolean isFragment(byte[] datagram) {
        return datagram.length >= HEADER_BYTES && datagram[0] == MARK && datagram[SECOND_MARK_AT] == MARK;
    }

    /** Of how many datagrams the message of this fragment consists, it says. */
    static int countIn(byte[] fragment) {
        return twoBytes(fragment, COUNT_AT);
    }

    /** Which of them this fragment is, it says; from 0. */
    static int numberIn(byte[] fragment) {
        return twoBytes(fragment, NUMBER_AT);
    }

    static Key messageIdIn(byte[] fragment) {
        return Key.of(fragment, MESSAGE_ID_AT);
    }

    static int pieceBytesIn(byte[] fragment) {
        return fragment.length - HEADER_BYTES;
    }

    private static int twoBytes(byte[] bytes, int at) {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(at));
    }
}
