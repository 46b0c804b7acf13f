package org.confmail.server.dht;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;
import org.confmail.server.time.Scheduler.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * Kademlia's lookup: asks the closest nodes that it knows for closer ones, a few at a time, until the k closest have
 * answered. Whoever is slow or silent gives its place to the next at once. Belongs to the loop.
 *
 * <p>Where more nodes have gathered around the target than there can be by chance, somebody may have put them there to hide or
 * swallow what is stored there. Then nodes outside of the crowd count as well: those in the neighbouring parts of the key
 * space, which are found by lookups of their own because the target's neighbours name little else than the crowd.
 */
final class Lookup {
    /** How many nodes are asked at the same time; those that are slow do not count. PROTOCOL section 10. */
    static final int ALPHA = 3;
    /** Around a crowd most are hostile, and much is to be asked in a short time. */
    private static final int ALPHA_CROWDED = 8;
    /** Longer lists than ours are cut: nobody needs to name more. */
    private static final int NAMED_MAX = Bucket.K;
    /** A lookup among honest nodes asks 10 to 20. */
    private static final int ASKED_MAX = 160;
    /** How many lookups around a crowd look for nodes outside of it. */
    private static final int SWEEPS = 3;

    private final Key target;
    private final Query query;
    private final boolean patient;
    private final Lookups lookups;
    private final Listener listener;
    private final boolean looksOutside;
    private final Shortlist shortlist;
    private final long startNanos;
    private final List<LookupStep> steps = new ArrayList<>();
    private int inFlight;
    private int asked;
    private int waitingFor;
    private boolean ended;
    private @Nullable Scheduled limit;

    /** Who wants to know. */
    interface Listener {
        /** A node has the value, or says so. The lookup is held until it is released. */
        default void value(Candidate by, byte[] value) {
            throw new IllegalStateException("nobody asked for a value");
        }

        /** The lookup has ended: with these nodes, closest first, that have answered. */
        void ended(List<Contact> closest);
    }

    /**
     * @param query what each node is asked: for nodes, or for a value
     * @param patient whether those that are slow are waited for: they might have the value
     * @param looksOutside whether to look outside of a crowd
     */
    Lookup(Key target, Query query, boolean patient, boolean looksOutside, Lookups lookups, Listener listener) {
        this.target = target;
        this.query = query;
        this.patient = patient;
        this.looksOutside = looksOutside;
        this.lookups = lookups;
        this.listener = listener;
        this.shortlist = new Shortlist(target, Crowd.tooClose(lookups.size().log2()));
        this.startNanos = lookups.loop().nanos();
    }

    Key target() {
        return target;
    }

    /** Begins, for at most so long. */
    void start(List<Contact> seeds, Duration longest) {
        seeds.forEach(shortlist::add);
        limit = lookups.loop().after(longest, this::end);
        step();
    }

    /** Makes the lookup wait for something else than an answer. */
    void hold() {
        waitingFor++;
    }

    /** What it waited for is there. */
    void release() {
        waitingFor--;
        step();
    }

    /** Ends the lookup now. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (limit != null) {
            limit.cancel();
        }
        List<Contact> closest = shortlist.answered();
        lookups.ended(this, closest);
        listener.ended(closest);
    }

    /** The closest node that has answered and is not {@code except}. */
    Optional<Contact> closestAnswered(Contact except) {
        return shortlist.answered().stream()
                .filter(contact -> !contact.equals(except))
                .findFirst();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether there were too many nodes around the target. */
    boolean isCrowded() {
        return shortlist.isCrowded();
    }

    Duration duration() {
        return Duration.ofNanos(lookups.loop().nanos() - startNanos);
    }

    /** How many nodes were asked. */
    int asked() {
        return asked;
    }

    /** The way so far. */
    List<LookupStep> steps() {
        return List.copyOf(steps);
    }

    private void step() {
        while (!ended && inFlight < (isCrowded() ? ALPHA_CROWDED : ALPHA) && asked < ASKED_MAX) {
            Optional<Candidate> next = shortlist.next();
            if (next.isEmpty()) {
                break;
            }
            ask(next.get());
        }
        if (!ended && waitingFor == 0 && (shortlist.isSettled(patient) || (inFlight == 0 && asked >= ASKED_MAX))) {
            end();
        }
    }

    /** Looks whether there are too many nodes around the target; if there are, for nodes outside. */
    private void lookAround() {
        OptionalInt crowd =
                looksOutside ? Crowd.around(shortlist, lookups.size().log2()) : OptionalInt.empty();
        if (crowd.isEmpty() || shortlist.isCrowdedFrom(crowd.getAsInt()) || asked >= ASKED_MAX) {
            return;
        }
        if (!isCrowded()) {
            lookups.crowded();
        }
        shortlist.crowdedFrom(crowd.getAsInt());
        sweep(crowd.getAsInt());
    }

    /** Looks up the neighbouring parts of the key space, each of which excludes the crowd. */
    private void sweep(int crowdedFrom) {
        hold();
        for (int bit = crowdedFrom - 1; bit >= Math.max(0, crowdedFrom - SWEEPS); bit--) {
            hold();
            Key neighbour = Distance.flip(target, bit);
            lookups.start(neighbour, new Query.FindNode(neighbour), false, false, closest -> {
                closest.forEach(shortlist::add);
                release();
            });
        }
        release();
    }

    private void ask(Candidate candidate) {
        candidate.asked();
        inFlight++;
        asked++;
        lookups.rpc().ask(candidate.contact(), query, new Answer(candidate));
    }

    /** Waits for one node's answer. */
    private final class Answer implements Rpc.Fate {
        private final Candidate candidate;
        private final long askedNanos = lookups.loop().nanos();
        private boolean inFlightStill = true;

        Answer(Candidate candidate) {
            this.candidate = candidate;
        }

        @Override
        public void slow() {
            leaveFlight();
            candidate.slow();
            step();
        }

        @Override
        public void answered(Contact by, Result result) {
            leaveFlight();
            if (ended) {
                return;
            }
            candidate.answered();
            note(LookupStep.What.ANSWERED);
            switch (result) {
                case Result.Contacts contacts -> named(contacts.contacts(), candidate);
                case Result.Value(var key, var value)
                when key.equals(target) && query instanceof Query.FindValue -> {
                    note(LookupStep.What.VALUE);
                    hold();
                    listener.value(candidate, value);
                    return;
                }
                case Result.Value _, Result.Text _ -> candidate.lied();
            }
            lookAround();
            step();
        }

        @Override
        public void failed() {
            leaveFlight();
            if (!ended) {
                candidate.failed();
                note(LookupStep.What.FAILED);
                step();
            }
        }

        private void leaveFlight() {
            if (inFlightStill) {
                inFlightStill = false;
                inFlight--;
            }
        }

        private void note(LookupStep.What what) {
            steps.add(new LookupStep(
                    candidate.contact(),
                    candidate.hop(),
                    Distance.sharedBits(target, candidate.contact().id()),
                    what,
                    Duration.ofNanos(lookups.loop().nanos() - askedNanos)));
        }
    }

    private void named(List<Contact> contacts, Candidate source) {
        InetAddress namer = source.contact().address().getAddress();
        int count = 0;
        for (Contact contact : contacts) {
            if (count++ == NAMED_MAX) {
                return;
            }
            // Somebody out there must not make us knock at doors of our own network.
            boolean elsewhere = Subnet.isLocal(contact.address().getAddress()) && !Subnet.isLocal(namer);
            if (!elsewhere && !contact.id().equals(lookups.own())) {
                shortlist.add(contact, source);
            }
        }
    }
}
