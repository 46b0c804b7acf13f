package org.confmail.server.dht;

/** What became of a block that was to be given to the DHT. */
public sealed interface Publication {

    /**
     * It is held.
     *
     * @param nodes how many other nodes said that they took it
     * @param here whether this node holds it
     */
    record Published(int nodes, boolean here) implements Publication {}

    /** What is held here is as new or newer; nothing was sent. */
    record Unchanged() implements Publication {}

    /** It is no block that the DHT takes; the reason is for the operator's log. */
    record Invalid(String reason) implements Publication {}

    /** Nobody took it, and it cannot be held here; the reason is for the operator's log. */
    record Failed(String reason) implements Publication {}
}
