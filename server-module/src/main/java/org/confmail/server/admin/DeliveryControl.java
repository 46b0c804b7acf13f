package org.confmail.server.admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.confmail.server.block.Key;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.Delivery;
import org.confmail.server.delivery.EntryStatus;
import org.confmail.server.delivery.RemovedEntry;
import org.confmail.server.delivery.Target;
import org.confmail.server.delivery.TargetStatus;
import org.confmail.server.delivery.Trouble;
import org.confmail.server.delivery.peer.Destination;
import org.confmail.server.delivery.peer.OutgoingPeers;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.server.follow.Followers.Following;
import org.confmail.server.time.Ticker;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.QueueMethods.Count;
import org.confmail.shared.admin.QueueMethods.Done;
import org.confmail.shared.admin.QueueMethods.Entry;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.confmail.shared.admin.QueueMethods.OldBatch;
import org.confmail.shared.admin.QueueMethods.Removed;
import org.confmail.shared.admin.QueueMethods.Step;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.QueueMethods.TargetState;
import org.confmail.shared.admin.ServerMethods.QueueLength;
import org.confmail.shared.config.HostPort;

/** The delivery as operators see and steer it. */
public final class DeliveryControl implements QueueControl {
    /** Entries whose removal lies no further apart belong together: the time of a removal is known to the second. */
    private static final Duration BATCH_GAP = Duration.ofSeconds(1);

    private final Delivery delivery;
    private final OutgoingPeers peers;
    private final Supplier<Settings.Delivery> settings;
    private final InstantSource clock;
    private final Ticker ticker;

    public DeliveryControl(
            Delivery delivery,
            OutgoingPeers peers,
            Supplier<Settings.Delivery> settings,
            InstantSource clock,
            Ticker ticker) {
        this.delivery = delivery;
        this.peers = peers;
        this.settings = settings;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public QueueLength length() {
        long entries = 0;
        long bytes = 0;
        for (TargetStatus target : delivery.targets()) {
            entries += target.entries();
            bytes += target.bytes();
        }
        return new QueueLength(entries, bytes);
    }

    @Override
    public List<TargetLine> targets() {
        return delivery.targets().stream().map(this::line).toList();
    }

    private TargetLine line(TargetStatus status) {
        return new TargetLine(
                status.target().id(),
                server(status.target()),
                TargetState.valueOf(status.state().name()),
                status.entries(),
                status.bytes(),
                status.oldest(),
                status.failures(),
                status.nextAttempt(),
                status.trouble().map(Trouble::words));
    }

    private Optional<String> server(Target target) {
        return switch (target) {
            case Target.Partner partner ->
                settings.get()
                        .replication()
                        .map(replication -> replication.peer().toString());
            case Target.Servers servers ->
                Optional.of(String.join(
                        ", ", servers.servers().stream().map(HostPort::toString).toList()));
            case Target.OwnNode node -> Optional.empty();
        };
    }

    @Override
    public List<Entry> entries(String target) throws AdminException {
        return delivery.entries(target(target), 0, Integer.MAX_VALUE).stream()
                .map(DeliveryControl::entry)
                .toList();
    }

    @Override
    public Optional<Key> blockKey(String name) {
        return Key.parse(name).flatMap(delivery::blockKey);
    }

    @Override
    public Following follow(Follower follower) {
        return delivery.follow(change -> follower.changed(change.target().id(), change.entries()));
    }

    private static Entry entry(EntryStatus status) {
        return new Entry(
                status.file().toString(),
                kind(status),
                Optional.empty(),
                status.bytes(),
                status.queued(),
                status.failures(),
                status.nextAttempt(),
                status.reason());
    }

    private static String kind(EntryStatus status) {
        return status.lane().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Done retry(String target) throws AdminException {
        if (!delivery.retryNow(target(target))) {
            throw unknown(target);
        }
        return new Done(
                isHeld(target(target))
                        ? target + " is held: it is tried when it is released."
                        : target + " is tried now.");
    }

    private boolean isHeld(Target target) {
        return delivery.targets().stream()
                .anyMatch(status -> status.target().equals(target) && status.state() == TargetStatus.State.HELD);
    }

    @Override
    public Done hold(String target) throws AdminException, IOException {
        delivery.hold(target(target));
        return new Done(target + " is held, over restarts too, until it is released.");
    }

    @Override
    public Done release(String target) throws AdminException, IOException {
        delivery.release(target(target));
        return new Done(target + " is sent to again.");
    }

    @Override
    public Count count(Filter filter) throws AdminException {
        return count(wanted(filter));
    }

    @Override
    public Removed remove(Filter filter) throws AdminException, IOException {
        List<Entry> wanted = wanted(filter);
        Set<Key> files = new HashSet<>(delivery.remove(
                wanted.stream().map(entry -> key(entry.name())).distinct().toList()));
        List<Entry> gone = wanted.stream()
                .filter(entry -> files.contains(key(entry.name())))
                .toList();
        for (List<RemovedEntry> batch : batches()) {
            if (batch.stream().anyMatch(entry -> files.contains(entry.file()))) {
                Count count = count(gone);
                return new Removed(name(batch), count.entries(), count.bytes());
            }
        }
        throw new AdminException(AdminError.NOT_FOUND, "no entry is like this; nothing was removed");
    }

    private static Key key(String name) {
        return Key.parse(name).orElseThrow(() -> new IllegalArgumentException("not the name of an entry"));
    }

    /** An entry that waits for several targets counts once. */
    private List<Entry> wanted(Filter filter) throws AdminException {
        List<Target> targets = filter.target().isPresent()
                ? List.of(target(filter.target().get()))
                : delivery.targets().stream().map(TargetStatus::target).toList();
        Predicate<Entry> applies = applying(filter, clock.instant());
        Set<String> seen = new HashSet<>();
        List<Entry> wanted = new ArrayList<>();
        for (Target target : targets) {
            for (EntryStatus status : delivery.entries(target, 0, Integer.MAX_VALUE)) {
                Entry entry = entry(status);
                if (applies.test(entry) && seen.add(entry.name())) {
                    wanted.add(entry);
                }
            }
        }
        return wanted;
    }

    private static Predicate<Entry> applying(Filter filter, Instant now) {
        Optional<Set<String>> names = filter.names().map(Set::copyOf); // there may be thousands
        Optional<Instant> before = filter.olderThanSeconds().map(now::minusSeconds);
        return entry -> (filter.kind().isEmpty() || filter.kind().get().equals(entry.kind()))
                && (before.isEmpty() || entry.queued().isBefore(before.get()))
                && (names.isEmpty() || names.get().contains(entry.name()));
    }

    private static Count count(List<Entry> entries) {
        return new Count(
                entries.size(), entries.stream().mapToLong(Entry::bytes).sum());
    }

    @Override
    public List<OldBatch> removed() throws IOException {
        List<OldBatch> batches = new ArrayList<>();
        for (List<RemovedEntry> batch : batches()) {
            long bytes = batch.stream().mapToLong(RemovedEntry::bytes).sum();
            batches.add(new OldBatch(name(batch), batch.getFirst().removed(), batch.size(), bytes));
        }
        return batches.reversed();
    }

    @Override
    public Count restore(String batch) throws AdminException, IOException {
        for (List<RemovedEntry> each : batches()) {
            if (name(each).equals(batch)) {
                long entries = 0;
                long bytes = 0;
                for (RemovedEntry entry : each) {
                    if (delivery.restore(entry.file())) {
                        entries++;
                        bytes += entry.bytes();
                    }
                }
                return new Count(entries, bytes);
            }
        }
        throw new AdminException(
                AdminError.NOT_FOUND, "there is no such batch; queue.removed lists those that there are");
    }

    /** What was removed, the oldest first, grouped by when. */
    private List<List<RemovedEntry>> batches() throws IOException {
        List<RemovedEntry> sorted = new ArrayList<>(delivery.removed());
        sorted.sort(Comparator.comparing(RemovedEntry::removed));
        List<List<RemovedEntry>> batches = new ArrayList<>();
        for (RemovedEntry entry : sorted) {
            boolean near = !batches.isEmpty()
                    && !batches.getLast().getLast().removed().plus(BATCH_GAP).isBefore(entry.removed());
            if (!near) {
                batches.add(new ArrayList<>());
            }
            batches.getLast().add(entry);
        }
        return batches;
    }

    private static String name(List<RemovedEntry> batch) {
        return batch.getFirst().removed().toString();
    }

    @Override
    public void probe(String target, Consumer<Step> told) throws AdminException {
        for (Destination destination : destinations(target(target))) {
            ProbeSteps steps = new ProbeSteps(told, ticker);
            try {
                peers.open(destination, steps).close();
            } catch (PeerFailure e) {
                steps.failed(e);
            }
        }
    }

    private List<Destination> destinations(Target target) throws AdminException {
        return switch (target) {
            case Target.Partner partner -> {
                Settings.Replication replication = settings.get()
                        .replication()
                        .orElseThrow(() -> new AdminException(
                                AdminError.REFUSED, "config.txt names no replication partner (replpeer)"));
                yield List.of(new Destination.Partner(replication.peer(), replication.authKey(), replication.pins()));
            }
            case Target.Servers servers ->
                servers.servers().stream()
                        .<Destination>map(Destination.Open::new)
                        .toList();
            case Target.OwnNode node ->
                throw new AdminException(AdminError.REFUSED, "this target is no server; dht shows the node");
        };
    }

    private static Target target(String id) throws AdminException {
        return Target.named(id).orElseThrow(() -> unknown(id));
    }

    private static AdminException unknown(String target) {
        return new AdminException(
                AdminError.NOT_FOUND, "there is no target '" + target + "'; queue.targets has those that there are");
    }
}
