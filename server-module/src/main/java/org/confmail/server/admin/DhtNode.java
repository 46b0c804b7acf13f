package org.confmail.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.confmail.server.block.Key;
import org.confmail.server.dht.Dht;
import org.confmail.server.dht.LookupStep;
import org.confmail.server.dht.NodeSnapshot;
import org.confmail.server.dht.NodeSnapshot.BucketSnapshot;
import org.confmail.server.dht.NodeSnapshot.ContactSnapshot;
import org.confmail.server.dht.PastLookup;
import org.confmail.server.dht.Trace;
import org.confmail.server.metrics.Metrics;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConnectionMethods.Count;
import org.confmail.shared.admin.DhtMethods.Asked;
import org.confmail.shared.admin.DhtMethods.Bucket;
import org.confmail.shared.admin.DhtMethods.Contact;
import org.confmail.shared.admin.DhtMethods.Found;
import org.confmail.shared.admin.DhtMethods.State;

/** The running node as operators see it. What it counts is found among the metrics, by the names' beginnings. */
public final class DhtNode implements DhtView {
    private static final String REFUSED = "dht_refused_";
    private static final String OTHERS = "dht_";
    private static final String DATAGRAMS = "udp_";
    private static final String COUNTER_END = "_total";

    private final Dht dht;
    private final Metrics metrics;

    public DhtNode(Dht dht, Metrics metrics) {
        this.dht = dht;
        this.metrics = metrics;
    }

    @Override
    public State state() throws AdminException {
        NodeSnapshot node = snapshot();
        List<Bucket> buckets = new ArrayList<>();
        for (BucketSnapshot bucket : node.buckets()) {
            if (!bucket.contacts().isEmpty() || bucket.waiting() > 0) {
                buckets.add(new Bucket(
                        bucket.sharedBits(), bucket.contacts().size(), NodeSnapshot.BUCKET_SIZE, bucket.waiting()));
            }
        }
        return new State(
                node.id().toString(),
                dht.port(),
                node.contacts(),
                optional(node.held()),
                node.nodesEstimated(),
                buckets,
                counts(true),
                counts(false));
    }

    private static Optional<Long> optional(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private List<Count> counts(boolean refused) {
        List<Count> counts = new ArrayList<>();
        for (Metrics.Sample sample : metrics.samples()) {
            String name = sample.name();
            boolean isRefusal = name.startsWith(REFUSED);
            boolean isOther = !isRefusal && (name.startsWith(OTHERS) || name.startsWith(DATAGRAMS));
            if (sample.kind() == Metrics.Kind.COUNTER && (refused ? isRefusal : isOther)) {
                String begin = isRefusal ? REFUSED : name.startsWith(OTHERS) ? OTHERS : "";
                counts.add(new Count(words(name, begin), sample.value()));
            }
        }
        return counts;
    }

    private static String words(String name, String begin) {
        int end = name.endsWith(COUNTER_END) ? name.length() - COUNTER_END.length() : name.length();
        return name.substring(begin.length(), end).replace('_', ' ');
    }

    @Override
    public List<Contact> contacts() throws AdminException {
        List<Contact> contacts = new ArrayList<>();
        for (BucketSnapshot bucket : snapshot().buckets()) {
            bucket.contacts().forEach(contact -> contacts.add(contact(contact, bucket.sharedBits())));
        }
        return contacts;
    }

    private static Contact contact(ContactSnapshot contact, int bucket) {
        return new Contact(
                contact.id().toString(),
                contact.address().getAddress().getHostAddress(),
                contact.address().getPort(),
                bucket,
                contact.answered().toSeconds(),
                contact.failures());
    }

    @Override
    public Found lookup(Key key) throws AdminException {
        Trace trace = dht.trace(key).orElseThrow(DhtNode::silent);
        PastLookup way = trace.way();
        return new Found(
                trace.block().isPresent(),
                trace.hops(),
                way.crowded(),
                way.duration().toMillis(),
                way.steps().stream().map(DhtNode::asked).toList());
    }

    private static Asked asked(LookupStep step) {
        return new Asked(
                step.contact().id().toString(),
                step.contact().address().getAddress().getHostAddress(),
                step.contact().address().getPort(),
                step.hop(),
                step.sharedBits(),
                switch (step.what()) {
                    case ANSWERED -> "nodes";
                    case VALUE -> "a block";
                    case FAILED -> "no answer";
                },
                step.time().toMillis());
    }

    private NodeSnapshot snapshot() throws AdminException {
        return dht.snapshot().orElseThrow(DhtNode::silent);
    }

    private static AdminException silent() {
        return new AdminException(
                AdminError.TIME_OUT,
                "the node does not answer: it has too much to do, or the server is stopping. Try again; the log may say"
                        + " why");
    }
}
