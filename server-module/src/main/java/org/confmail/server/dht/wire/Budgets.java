package org.confmail.server.dht.wire;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.confmail.server.time.Ticker;

/**
 * What an address may ask of this node, and how much it may be sent for it. Above that the node is silent.
 *
 * <p>An address that has answered a request of ours is proven: what is sent there gets to somebody who wants it. Anybody can
 * write an unproven one into a datagram, so it gets short answers only, a few at a time. The trade-off for an existing node whose
 * first words here ask for a long value: it is pinged, and answered when it has answered that ({@link #isProven}, {@link
 * #admitsReply}), one round trip later, well within the five seconds that it waits. Who answers no ping gets no long answers.
 *
 * <p>An address counts for its owner: an IPv6 one for its /64. Everything in this class runs in one thread.
 */
public final class Budgets {
    /** Long enough that a contact, which is heard from every hour, stays proven; addresses pass to other people after days. */
    static final Duration PROOF_LIFE = Duration.ofHours(2);
    /** More than a node talks with in that time; one that is forgotten proves itself again. */
    static final int PROVEN_MAX = 8192;
    /** Those whose budgets are not full; a flood from more invented addresses than this is silence for all strangers. */
    static final int STRANGERS_MAX = 8192;

    private final Limits limits;
    private final Ticker ticker;
    private final Tokens strangersTogether;
    /** The one that was heard from longest ago comes first; so in both. */
    private final SequencedMap<Origin, Account> proven = new LinkedHashMap<>(16, 0.75f, true);

    private final SequencedMap<Origin, Account> strangers = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * The budgets: so many tokens at once, so many more a second. A request costs one token, a reply one for each byte.
     *
     * @param requests of one address, proven or not
     * @param strangersRequests of all unproven addresses together
     * @param provenReplyBytes to a proven address
     * @param strangerReplyBytes to an unproven address
     */
    public record Limits(Pace requests, Pace strangersRequests, Pace provenReplyBytes, Pace strangerReplyBytes) {

        /**
         * Requests: an existing node sends all that it holds every 720 seconds, unpaced, with two or three requests a block.
         * The burst takes 7,000 blocks, the pace brings it back in that time, and at 25 µs a request an address can take half
         * a second at once and a thousandth part of a processor.
         *
         * <p>Strangers together: a tenth of a processor whatever number of addresses is invented. A node that has just started
         * knows nobody: the burst is one existing node's.
         *
         * <p>Replies to proven addresses: one mailbox of the largest size at once, then two megabits a second.
         *
         * <p>Replies to strangers: eight lists of eight contacts at once, then one a second. That is the flood which can be
         * turned on somebody through this node.
         */
        public static final Limits PRODUCTION = new Limits(
                new Pace(20_000, 30), new Pace(20_000, 4_000), new Pace(40 << 20, 256 << 10), new Pace(4_096, 512));
    }

    /**
     * How fast a budget fills.
     *
     * @param burst how many tokens it holds; a new one is full
     * @param perSecond how many it gets a second
     */
    public record Pace(long burst, long perSecond) {}

    private static final class Account {
        private final Tokens requests;
        private final Tokens replyBytes;
        private long lastProofNanos;

        private Account(Tokens requests, Tokens replyBytes, long nanos) {
            this.requests = requests;
            this.replyBytes = replyBytes;
            this.lastProofNanos = nanos;
        }

        /** Whether forgetting it makes no difference. */
        private boolean isFull(long nanos) {
            return requests.isFull(nanos) && replyBytes.isFull(nanos);
        }
    }

    public Budgets(Limits limits, Ticker ticker) {
        this.limits = limits;
        this.ticker = ticker;
        this.strangersTogether = new Tokens(limits.strangersRequests, ticker.nanos());
    }

    /** Takes one request from the address's budget; false if there is none left. */
    public boolean admitsRequest(InetAddress from) {
        long now = ticker.nanos();
        Origin origin = Origin.of(from);
        if (isProven(origin, now)) {
            return account(proven, origin).orElseThrow().requests.take(1, now);
        }
        return stranger(origin, now)
                .filter(account -> account.requests.take(1, now) && strangersTogether.take(1, now))
                .isPresent();
    }

    /**
     * Takes the bytes of a reply, or of a ping to a stranger, from the address's budget; false if they are not there. Then
     * nothing is sent; to an unproven address it may be sent once that is proven.
     *
     * @param bytes of all its datagrams
     */
    public boolean admitsReply(InetAddress to, long bytes) {
        long now = ticker.nanos();
        Origin origin = Origin.of(to);
        Optional<Account> account = isProven(origin, now) ? account(proven, origin) : stranger(origin, now);
        return account.filter(one -> one.replyBytes.take(bytes, now)).isPresent();
    }

    /** Whether the address has lately answered a request of ours. */
    public boolean isProven(InetAddress address) {
        return isProven(Origin.of(address), ticker.nanos());
    }

    /** Notes that an answer came from the address, with the id of a message that was sent there. */
    public void proved(InetAddress address) {
        long now = ticker.nanos();
        Origin origin = Origin.of(address);
        if (isProven(origin, now)) {
            account(proven, origin).orElseThrow().lastProofNanos = now;
            return;
        }
        if (proven.size() == PROVEN_MAX) {
            proven.pollFirstEntry();
        }
        Tokens requests = account(strangers, origin)
                .map(account -> account.requests)
                .orElseGet(() -> new Tokens(limits.requests, now));
        strangers.remove(origin);
        proven.put(origin, new Account(requests, new Tokens(limits.provenReplyBytes, now), now));
    }

    private boolean isProven(Origin origin, long now) {
        Optional<Account> account = account(proven, origin);
        boolean lasts = account.filter(one -> now - one.lastProofNanos <= PROOF_LIFE.toNanos())
                .isPresent();
        if (account.isPresent() && !lasts) {
            proven.remove(origin);
        }
        return lasts;
    }

    /** The account of an unproven address; empty if there are too many of them in use. */
    private Optional<Account> stranger(Origin origin, long now) {
        Optional<Account> known = account(strangers, origin);
        if (known.isPresent()) {
            return known;
        }
        if (strangers.size() == STRANGERS_MAX) {
            if (!strangers.firstEntry().getValue().isFull(now)) {
                return Optional.empty();
            }
            strangers.pollFirstEntry();
        }
        Account account =
                new Account(new Tokens(limits.requests, now), new Tokens(limits.strangerReplyBytes, now), now);
        strangers.put(origin, account);
        return Optional.of(account);
    }

    private static Optional<Account> account(SequencedMap<Origin, Account> accounts, Origin origin) {
        return Optional.ofNullable(accounts.get(origin));
    }
}
