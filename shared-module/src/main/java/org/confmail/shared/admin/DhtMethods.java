package org.confmail.shared.admin;

import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminMethod.Nothing;

/** The node of the Entangled network: am I part of it? */
public final class DhtMethods {
    public static final AdminMethod<Nothing, State> STATE =
            AdminMethod.of("dht.state", State.class, "The node: its id, its routing table, and what it refused.");

    public static final AdminMethod<ConnectionMethods.Page, Contacts> CONTACTS = AdminMethod.of(
            "dht.contacts",
            new ConnectionMethods.Page(Optional.empty(), Optional.of(100)),
            Contacts.class,
            "The nodes that it knows, bucket by bucket.");

    public static final AdminMethod<Lookup, Found> LOOKUP = AdminMethod.of(
            "dht.lookup",
            new Lookup("4fd2a5e5c39129a31718adf95a6ff6bc4e281a60"),
            Found.class,
            "Looks a key up in the network, and tells which nodes it asked and how long each took.");

    private DhtMethods() {}

    /** Result of {@link #STATE}. */
    public record State(
            @Doc("the node's id, 40 hexadecimal digits") String id,
            @Doc("its UDP port") int port,
            @Doc("nodes that it knows") int contacts,

            @Doc("blocks that it holds for the network, if they were counted")
            Optional<Long> held,

            @Doc("buckets that are not empty, the nearest last")
            List<Bucket> buckets,

            @Doc("packets by what became of them; refused ones by reason")
            List<ConnectionMethods.Count> packets) {}

    /** A bucket of the routing table. */
    public record Bucket(
            @Doc("its place") int index,
            @Doc("nodes in it") int contacts,
            @Doc("room for") int size) {}

    /** Result of {@link #CONTACTS}. */
    public record Contacts(
            @Doc("the nodes") List<Contact> contacts,
            @Doc("how many there are in all") int total,
            @Doc("names the next page, if there is one") Optional<String> next) {}

    /** A node. */
    public record Contact(
            @Doc("40 hexadecimal digits") String id,
            @Doc("its address") String address,
            @Doc("its UDP port") int port,
            @Doc("the bucket that it is in") int bucket,
            @Doc("seconds since it was heard of, if ever") Optional<Long> heardSecondsAgo,

            @Doc("questions in a row that it did not answer")
            int failures) {}

    /** Parameters of {@link #LOOKUP}. */
    public record Lookup(@Doc("40 hexadecimal digits") String key) {}

    /** Result of {@link #LOOKUP}. */
    public record Found(
            @Doc("whether a node had the block") boolean found,
            @Doc("how long it took, in milliseconds") long millis,
            @Doc("the nodes that were asked, in order") List<Asked> path) {}

    /** A node that was asked. */
    public record Asked(
            @Doc("its id, if it is known") Optional<String> id,
            @Doc("its address") String address,
            @Doc("its UDP port") int port,

            @Doc("what came of it: the block, nodes, nothing, no answer")
            String outcome,

            @Doc("how long it took, in milliseconds") long millis) {}
}
