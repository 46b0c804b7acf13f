package org.confmail.server.dht;

import java.util.Optional;
import org.confmail.server.dht.wire.Contact;
import org.jspecify.annotations.Nullable;

/** A contact in the routing table, and how it behaves. Belongs to the loop. */
final class TableEntry {
    /** A contact that failed so often in a row is replaced. PROTOCOL section 10. */
    static final int FAILURES_MAX = 5;
    /** A contact that failed so often in a row is not handed to others: one failure may be a lost datagram. */
    private static final int FAILURES_DOUBTFUL = 2;

    private final Contact contact;
    private final @Nullable Subnet subnet;
    private int failures;
    private long answeredNanos;

    TableEntry(Contact contact, long nowNanos) {
        this.contact = contact;
        this.subnet = Subnet.of(contact.address().getAddress()).orElse(null);
        this.answeredNanos = nowNanos;
    }

    Contact contact() {
        return contact;
    }

    Optional<Subnet> subnet() {
        return Optional.ofNullable(subnet);
    }

    void answered(long nowNanos) {
        failures = 0;
        answeredNanos = nowNanos;
    }

    void failed() {
        failures++;
    }

    /** How often it failed in a row. */
    int failures() {
        return failures;
    }

    boolean isDead() {
        return failures >= FAILURES_MAX;
    }

    boolean isDoubtful() {
        return failures >= FAILURES_DOUBTFUL;
    }

    /** When it last answered. */
    long answeredNanos() {
        return answeredNanos;
    }
}
