package org.confmail.server.dht;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.confmail.server.block.Key;
import org.confmail.server.dht.Candidate.State;
import org.confmail.server.dht.wire.Contact;

/**
 * What a lookup knows: the nodes it has heard of, closest to its target first, and which of them matter. Those are the k
 * closest that do not fail, and the k closest of those that are not closer than chance allows: among honest nodes nearly the
 * same. Around a crowd they are more. Belongs to the loop.
 */
final class Shortlist {
    /** More than an honest lookup ever hears of; the farthest are forgotten. */
    private static final int CANDIDATES_MAX = 256;
    /** Of those that are too close, which may be inventions, so many are asked at a time. */
    private static final int TOO_CLOSE_ASKED_MAX = 2;
    /** So many dubious candidates are asked when all others have been. */
    private static final int DUBIOUS_MAX = 8;
    /**
     * Where there is a crowd, the k closest count that share fewer bits than it, the k closest that share fewer still, and so
     * on: its edge is not seen so exactly that there could be none of it outside, nor at the same place by all.
     */
    static final int RINGS = 3;

    private final Key target;
    private final List<Candidate> byDistance = new ArrayList<>();
    private final Map<Contact, Candidate> known = new HashMap<>();
    private final Comparator<Candidate> closest;
    /** From how many shared bits on nodes are closer than chance allows, or than it can have brought so many. */
    private OptionalInt tooClose;

    private boolean crowded;
    private int dubiousAsked;

    /**
     * @param tooClose from how many shared bits on there is hardly any node by chance, if that is known
     */
    Shortlist(Key target, OptionalInt tooClose) {
        this.target = target;
        this.tooClose = tooClose;
        this.closest = Comparator.comparing(candidate -> candidate.contact().id(), Distance.to(target));
    }

    /** Adds a node that is known to ourselves. */
    void add(Contact contact) {
        insert(contact, 1);
    }

    /** Adds a node that another has named. */
    void add(Contact contact, Candidate source) {
        Candidate candidate = known.get(contact);
        if (candidate == null) {
            candidate = insert(contact, source.hop() + 1);
            candidate.namedBy(source);
        } else if (candidate.state() == State.NEW && candidate.isDubious()) {
            candidate.namedBy(source); // somebody else knows it as well
        }
    }

    private Candidate insert(Contact contact, int hop) {
        Candidate there = known.get(contact);
        if (there != null) {
            return there;
        }
        Candidate candidate = new Candidate(contact, hop);
        known.put(contact, candidate);
        int at = 0;
        while (at < byDistance.size() && closest.compare(byDistance.get(at), candidate) <= 0) {
            at++;
        }
        byDistance.add(at, candidate);
        if (byDistance.size() > CANDIDATES_MAX && byDistance.getLast().state() == State.NEW) {
            known.remove(byDistance.removeLast().contact());
        }
        return candidate;
    }

    /** Says that nodes that share this many bits with the target are too many to be there by chance. */
    void crowdedFrom(int sharedBits) {
        tooClose = OptionalInt.of(sharedBits);
        crowded = true;
    }

    /** Whether there is a crowd, and it begins at so many bits or fewer. */
    boolean isCrowdedFrom(int sharedBits) {
        return crowded && tooClose.orElse(Distance.BITS) <= sharedBits;
    }

    boolean isCrowded() {
        return crowded;
    }

    /** Which node to ask next, if any: the closest that matters, those whom somebody trustworthy has named first. */
    Optional<Candidate> next() {
        Optional<Candidate> next = next(one -> !one.isDubious());
        if (next.isPresent() || dubiousAsked >= DUBIOUS_MAX) {
            return next;
        }
        next = next(_ -> true);
        dubiousAsked += next.isPresent() ? 1 : 0;
        return next;
    }

    private Optional<Candidate> next(Predicate<Candidate> which) {
        List<Candidate> front = front(which, false, true);
        int tooCloseAsked = 0;
        for (Candidate candidate : front) {
            tooCloseAsked += candidate.state() == State.ASKED && isTooClose(candidate) ? 1 : 0;
        }
        for (Candidate candidate : front) {
            boolean free = tooCloseAsked < TOO_CLOSE_ASKED_MAX || !isTooClose(candidate);
            if (candidate.state() == State.NEW && free) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether all that matter have answered.
     *
     * @param patient whether those that are slow matter as well
     */
    boolean isSettled(boolean patient) {
        for (Candidate candidate : front(one -> dubiousAsked < DUBIOUS_MAX || !one.isDubious(), patient, true)) {
            if (candidate.state() != State.ANSWERED) {
                return false;
            }
        }
        return true;
    }

    /** The k closest nodes that have answered, and where there is a crowd, the k closest outside of it; closest first. */
    List<Contact> answered() {
        return front(one -> one.state() == State.ANSWERED, false, crowded).stream()
                .map(Candidate::contact)
                .toList();
    }

    /** How many nodes have answered that share so many leading bits with the target, or more. */
    int answeredSharing(int bitsMin, int bitsMax) {
        int count = 0;
        for (Candidate candidate : byDistance) {
            int shared = sharedBits(candidate);
            if (candidate.state() == State.ANSWERED && shared >= bitsMin && shared <= bitsMax) {
                count++;
            }
        }
        return count;
    }

    private List<Candidate> front(Predicate<Candidate> which, boolean patient, boolean outside) {
        Set<Candidate> taken = new HashSet<>();
        collect(which, patient, taken);
        if (outside && tooClose.isPresent()) {
            int rings = crowded ? RINGS : 1;
            for (int bits = tooClose.getAsInt(); bits > tooClose.getAsInt() - rings && bits > 0; bits--) {
                int limit = bits;
                collect(which.and(one -> sharedBits(one) < limit), patient, taken);
            }
        }
        List<Candidate> front = new ArrayList<>(taken);
        front.sort(closest);
        return front;
    }

    private void collect(Predicate<Candidate> which, boolean patient, Set<Candidate> into) {
        int left = Bucket.K;
        for (Candidate candidate : byDistance) {
            if (left == 0) {
                return;
            }
            boolean counts = candidate.state() != State.FAILED && (patient || candidate.state() != State.SLOW);
            if (counts && which.test(candidate)) {
                into.add(candidate);
                left--;
            }
        }
    }

    private boolean isTooClose(Candidate candidate) {
        return tooClose.isPresent() && sharedBits(candidate) >= tooClose.getAsInt();
    }

    private int sharedBits(Candidate candidate) {
        return Distance.sharedBits(target, candidate.contact().id());
    }
}
