package org.confmail.server.dht;

import java.util.ArrayList;
import java.util.List;
import org.confmail.server.dht.wire.Contact;

/** A node that a lookup may ask, and what has come of it. Belongs to the loop. */
final class Candidate {
    /** A source of which so many contacts were no good, and more than were good, is trusted no further. */
    private static final int BAD_MAX = 2;

    /** What became of a candidate. */
    enum State {
        NEW,
        ASKED,
        SLOW,
        ANSWERED,
        FAILED
    }

    private final Contact contact;
    /** How many answers led here: 1 for a node of our own table. */
    private final int hop;
    /** Who named it; empty for a node of our own table. */
    private final List<Candidate> sources = new ArrayList<>(1);

    private State state = State.NEW;
    private int good;
    private int bad;

    Candidate(Contact contact, int hop) {
        this.contact = contact;
        this.hop = hop;
    }

    Contact contact() {
        return contact;
    }

    int hop() {
        return hop;
    }

    State state() {
        return state;
    }

    void namedBy(Candidate source) {
        sources.add(source);
    }

    void asked() {
        state = State.ASKED;
    }

    void slow() {
        state = State.SLOW;
    }

    void answered() {
        state = State.ANSWERED;
        sources.forEach(source -> source.good++);
    }

    void failed() {
        state = State.FAILED;
        sources.forEach(source -> source.bad++);
    }

    /** It has told something that is not true. */
    void lied() {
        failed();
        bad += BAD_MAX;
    }

    private boolean isDiscredited() {
        return bad >= BAD_MAX && bad > good;
    }

    /** Whether all who named it have named too many that were no good. */
    boolean isDubious() {
        return !sources.isEmpty() && sources.stream().allMatch(Candidate::isDiscredited);
    }
}
