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

            @Doc("how many nodes the network has, roughly; 0 before that was measured")
            long networkNodes,

            @Doc("buckets that are not empty, the nearest last")
            List<Bucket> buckets,

            @Doc("packets that were refused since the start, by reason")
            List<ConnectionMethods.Count> refused,

            @Doc("what else was counted since the start: datagrams, requests, answers, lookups, blocks")
            List<ConnectionMethods.Count> counts) {}

    /** A bucket of the routing table. */
    public record Bucket(
            @Doc(
                    "its place: how many leading bits the ids in it share with the node's own; in the last one, at least so many")
            int index,

            @Doc("nodes in it") int contacts,
            @Doc("room for") int size,
            @Doc("nodes that wait for a place in it") int waiting) {}

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
            @Doc("seconds since it last answered") long answeredSecondsAgo,

            @Doc("questions in a row that it did not answer")
            int failures) {}

    /** Parameters of {@link #LOOKUP}. */
    public record Lookup(@Doc("40 hexadecimal digits") String key) {}

    /** Result of {@link #LOOKUP}. */
    public record Found(
            @Doc("whether a node has the block, this one or another")
            boolean found,

            @Doc("how many nodes led to it, one naming the next; 0 = it is held here, or nowhere")
            int hops,

            @Doc("whether more nodes were near the key than there can be by chance")
            boolean crowded,

            @Doc("how long it took, in milliseconds") long millis,

            @Doc("the nodes that were asked, in the order of their answers")
            List<Asked> path) {}

    /** A node that was asked. */
    public record Asked(
            @Doc("its id, 40 hexadecimal digits") String id,
            @Doc("its address") String address,
            @Doc("its UDP port") int port,

            @Doc("1 = it was known before, 2 = such a node named it, and so on")
            int hop,

            @Doc("how many leading bits its id shares with the key")
            int sharedBits,

            @Doc("what came of it: nodes, a block (a false one is passed over), no answer")
            String outcome,

            @Doc("how long it took, in milliseconds") long millis) {}
}
