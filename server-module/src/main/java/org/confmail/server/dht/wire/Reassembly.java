package org.confmail.server.dht.wire;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.confmail.server.block.Key;
import org.confmail.server.time.Ticker;

/**
 * Puts fragments together again. A message is known by its sender's address and its id, so that nobody adds to another's.
 * Answers that this node waits for have a space of their own, which those who send unasked can't fill. Everything in this class
 * runs in one thread. PROTOCOL section 10.
 */
public final class Reassembly {
    /**
     * The longest message: the largest mailbox that a server stores (32 MiB), and what a message has around it. An existing
     * node sends no more than this in the ten seconds that a lookup may take.
     */
    public static final int MESSAGE_BYTES_MAX = 32 * 1024 * 1024 + 1024;

    /**
     * For answers that were asked for: any mailbox. A node has few lookups at a time; the sum lets two of the largest come in
     * at once.
     */
    private static final ReassemblyPool.Bounds EXPECTED =
            new ReassemblyPool.Bounds(MESSAGE_BYTES_MAX, 40 << 20, atMost(80 << 20), 1024, 4096);

    /**
     * For what comes unasked, which is stores. Of 4 MiB (10,000 announcements) a fragment is lost on the way in practice; an
     * existing node that sends all it holds, unpaced, has hundreds of messages under way at a time.
     */
    private static final ReassemblyPool.Bounds UNASKED =
            new ReassemblyPool.Bounds(4 << 20, 16 << 20, atMost(64 << 20), 1024, 8192);

    /** Of the memory that the server may use at most, each space is a part, or strangers could exhaust it. */
    private static final int MEMORY_PART = 8;

    /** Between two fragments on a line so slow that it takes a tenth of that for one. */
    static final Duration ARRIVING = Duration.ofSeconds(1);

    private final Expected expected;
    private final ReassemblyPool answers;
    private final ReassemblyPool unasked;

    public Reassembly(Ticker ticker, Expected expected) {
        this.expected = expected;
        this.answers = new ReassemblyPool(EXPECTED, ticker);
        this.unasked = new ReassemblyPool(UNASKED, ticker);
    }

    private static long atMost(long bytes) {
        return Math.min(bytes, Runtime.getRuntime().maxMemory() / MEMORY_PART);
    }

    /** Says which answers this node waits for. */
    @FunctionalInterface
    public interface Expected {
        /** Whether a request of this id was sent to this address and its answer may still come. */
        boolean expects(InetSocketAddress from, Key messageId);
    }

    /** What became of a fragment. */
    public sealed interface Outcome permits Whole, Waiting, Refusal {}

    /** The message is complete; nothing of it is kept here. */
    @SuppressWarnings("ArrayRecordComponent") // up to megabytes, handed from one owner to the next
    public record Whole(Key messageId, byte[] message) implements Outcome {}

    /** Other fragments are missing. */
    public enum Waiting implements Outcome {
        WAITING
    }

    /** Why a fragment is dropped. The message that it belongs to may still become whole. */
    public enum Refusal implements Outcome {
        /** Its number, count or size is none that a sender makes. */
        BAD_FRAGMENT,
        /** It is here already. */
        REPEATED_FRAGMENT,
        /** It says another count than the fragments before it. */
        OTHER_COUNT,
        /** The whole message would be too long. */
        MESSAGE_TOO_LONG,
        /** Its message has been coming in for a minute. */
        TOO_SLOW,
        /** Its sender has as much under way as one address may. */
        TOO_MUCH_UNDER_WAY
    }

    /**
     * Takes a fragment.
     *
     * @param datagram one for which {@link Fragments#isFragment} holds; it is kept and nobody changes it
     */
    Outcome add(InetSocketAddress from, byte[] datagram) {
        int count = Fragments.countIn(datagram);
        int number = Fragments.numberIn(datagram);
        int bytes = Fragments.pieceBytesIn(datagram);
        boolean last = number == count - 1;
        // All pieces but the last are full, so that the count tells the size and none can overlap.
        boolean rightSize = last ? bytes > 0 && bytes <= Fragments.PIECE_BYTES_MAX : bytes == Fragments.PIECE_BYTES_MAX;
        if (count < 2 || number >= count || !rightSize) {
            return Refusal.BAD_FRAGMENT;
        }
        Key messageId = Fragments.messageIdIn(datagram);
        ReassemblyPool pool = expected.expects(from, messageId) ? answers : unasked;
        return pool.add(from, messageId, count, number, datagram);
    }

    /** Drops what there is of an answer that is no longer waited for. */
    public void forget(InetSocketAddress from, Key messageId) {
        answers.forget(from, messageId);
    }

    /** Whether fragments of an answer have come, the last of them within {@link #ARRIVING}. */
    public boolean isArriving(InetSocketAddress from, Key messageId) {
        return answers.silence(from, messageId)
                .filter(silence -> silence.compareTo(ARRIVING) <= 0)
                .isPresent();
    }

    /** Drops what has waited too long. Adding does this too; call it now and then for when nothing is added. */
    public void expire() {
        answers.expire();
        unasked.expire();
    }

    /** The bytes that are held, for a gauge; may be read from any thread. */
    public long heldBytes() {
        return answers.heldBytes() + unasked.heldBytes();
    }

    /** How many incomplete messages were dropped for their age or to make room; may be read from any thread. */
    public long dropped() {
        return answers.dropped() + unasked.dropped();
    }
}
