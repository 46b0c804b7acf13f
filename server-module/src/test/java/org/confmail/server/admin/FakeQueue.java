package org.confmail.server.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.confmail.server.block.Key;
import org.confmail.server.follow.Followers.Following;
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

/** A send queue with one target, whose server refuses to be connected to. */
final class FakeQueue implements QueueControl {
    static final Key KEY = Key.sha1(new byte[0]);

    static final Instant QUEUED = Instant.parse("2026-11-22T14:00:00Z");

    private final List<Entry> entries = new ArrayList<>();
    private boolean held;
    private List<Entry> removed = List.of();

    FakeQueue(int count) {
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(
                    "name" + i,
                    i % 2 == 0 ? "data" : "account",
                    Optional.of("4fd2a5e5c39129a31718adf95a6ff6bc4e281a60"),
                    100,
                    QUEUED.plusSeconds(i),
                    0,
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    @Override
    public synchronized QueueLength length() {
        return new QueueLength(entries.size(), 100L * entries.size());
    }

    @Override
    public synchronized List<TargetLine> targets() {
        return List.of(new TargetLine(
                "replication",
                Optional.of("127.0.0.1:1"),
                held ? TargetState.HELD : TargetState.WAITING,
                entries.size(),
                100L * entries.size(),
                Optional.of(QUEUED),
                3,
                held ? Optional.empty() : Optional.of(QUEUED.plusSeconds(600)),
                Optional.of("127.0.0.1:1 refuses connections: does a server run there?")));
    }

    @Override
    public synchronized List<Entry> entries(String target) throws AdminException {
        known(target);
        return List.copyOf(entries);
    }

    @Override
    public Optional<Key> blockKey(String name) {
        return Optional.of(KEY);
    }

    @Override
    public Done retry(String target) throws AdminException {
        known(target);
        return new Done("is tried now");
    }

    @Override
    public synchronized Done hold(String target) throws AdminException {
        known(target);
        held = true;
        return new Done("is held");
    }

    @Override
    public synchronized Done release(String target) throws AdminException {
        known(target);
        held = false;
        return new Done("is released");
    }

    @Override
    public synchronized Count count(Filter filter) {
        return count(wanted(filter));
    }

    @Override
    public synchronized Removed remove(Filter filter) {
        removed = wanted(filter);
        entries.removeAll(removed);
        return new Removed("batch1", removed.size(), 100L * removed.size());
    }

    @Override
    public synchronized List<OldBatch> removed() {
        return removed.isEmpty()
                ? List.of()
                : List.of(new OldBatch("batch1", QUEUED, removed.size(), 100L * removed.size()));
    }

    @Override
    public synchronized Count restore(String batch) throws AdminException {
        if (!batch.equals("batch1")) {
            throw new AdminException(AdminError.NOT_FOUND, "there is no such batch");
        }
        entries.addAll(removed);
        return count(removed);
    }

    @Override
    public void probe(String target, Consumer<Step> steps) throws AdminException {
        known(target);
        steps.accept(new Step("name", true, "127.0.0.1", 1));
        steps.accept(new Step("connect", false, "refused", 2));
    }

    private List<Entry> wanted(Filter filter) {
        return entries.stream()
                .filter(entry -> filter.kind().isEmpty() || filter.kind().get().equals(entry.kind()))
                .toList();
    }

    private static Count count(List<Entry> entries) {
        return new Count(entries.size(), 100L * entries.size());
    }

    private static void known(String target) throws AdminException {
        if (!target.equals("replication")) {
            throw new AdminException(AdminError.NOT_FOUND, "there is no target " + target + "; queue.targets has all");
        }
    }

    @Override
    public Following follow(Follower follower) {
        return () -> {};
    }
}
