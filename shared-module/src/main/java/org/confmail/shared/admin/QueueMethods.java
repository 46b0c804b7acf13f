package org.confmail.shared.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminMethod.Nothing;

/** The send queue: why is it stuck, and what do I do? A target is what its entries wait for, such as a server. */
public final class QueueMethods {
    public static final AdminMethod<ConnectionMethods.Page, Targets> TARGETS = AdminMethod.of(
            "queue.targets",
            new ConnectionMethods.Page(Optional.empty(), Optional.of(100)),
            Targets.class,
            "The targets, those with failures first.");

    public static final AdminMethod<EntriesOf, Entries> ENTRIES = AdminMethod.of(
            "queue.entries",
            new EntriesOf("replication", Optional.empty(), Optional.of(100)),
            Entries.class,
            "The entries of a target, the oldest first.");

    public static final AdminMethod<Target, Done> RETRY = AdminMethod.of(
            "queue.retry", new Target("replication"), Done.class, "Tries a target now, whatever its next attempt is.");

    public static final AdminMethod<Target, Done> HOLD = AdminMethod.of(
            "queue.hold",
            new Target("replication"),
            Done.class,
            "Sends nothing to a target until it is released; this holds over restarts.");

    public static final AdminMethod<Target, Done> RELEASE = AdminMethod.of(
            "queue.release", new Target("replication"), Done.class, "Lets a target that is held be sent to again.");

    public static final AdminMethod<Filter, Count> COUNT = AdminMethod.of(
            "queue.count",
            new Filter(Optional.of("replication"), Optional.empty(), Optional.empty(), Optional.empty()),
            Count.class,
            "How much queue.remove would remove with the same filter.");

    public static final AdminMethod<Filter, Removed> REMOVE = AdminMethod.of(
            "queue.remove",
            new Filter(Optional.of("replication"), Optional.empty(), Optional.of(86400L), Optional.empty()),
            Removed.class,
            "Takes entries out of the queue, into undo/ for seven days. At least one part of the filter must be given.");

    public static final AdminMethod<Batch, Count> RESTORE = AdminMethod.of(
            "queue.restore", new Batch("2026-11-22T19:02:00Z"), Count.class, "Puts back what queue.remove took out.");

    public static final AdminMethod<ConnectionMethods.Page, Batches> REMOVED = AdminMethod.of(
            "queue.removed",
            new ConnectionMethods.Page(Optional.empty(), Optional.of(100)),
            Batches.class,
            "What was taken out and can be put back, the newest first.");

    public static final AdminMethod<Target, ProbeResult> PROBE = AdminMethod.of(
            "queue.probe",
            new Target("replication"),
            ProbeResult.class,
            "Connects to a target step by step, as sending would, and sends nothing. The steps also come as probe.step while"
                    + " it runs.");

    public static final AdminMethod<Nothing, Subscribed> FOLLOW = AdminMethod.of(
            "queue.follow",
            Subscribed.class,
            "Subscribes to changes of the queue from now on. Who wants the whole calls queue.targets behind it.");

    public static final AdminEvent<Changed> CHANGED = new AdminEvent<>(
            "queue.changed",
            Changed.class,
            "Targets have changed, for who called queue.follow; what changes again and again is gathered, and comes four times a"
                    + " second at most.");

    public static final AdminEvent<ProbeStep> PROBE_STEP = new AdminEvent<>(
            "probe.step", ProbeStep.class, "A step of a probe has ended, for the connection that called queue.probe.");

    private QueueMethods() {}

    /** What a target is at. */
    public enum TargetState {
        /** Nothing waits. */
        IDLE,
        /** Its next attempt has its time. */
        WAITING,
        /** A session is open. */
        SENDING,
        /** An operator holds it. */
        HELD,
        /** Entries for the replication partner wait, and config.txt names none. */
        NO_PARTNER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Result of {@link #TARGETS}. */
    public record Targets(
            @Doc("the targets") List<TargetLine> targets,
            @Doc("how many there are in all") int total,
            @Doc("names the next page, if there is one") Optional<String> next) {}

    /** A target at a glance. */
    public record TargetLine(
            @Doc("its name, as the other methods take it") String target,

            @Doc("the server that it is reached at, if that is known")
            Optional<String> server,

            @Doc("what it is at") TargetState state,
            @Doc("entries that wait") long entries,
            @Doc("their bytes") long bytes,
            @Doc("when the oldest came") Optional<Instant> oldest,
            @Doc("failed attempts in a row") int failures,

            @Doc("when it is tried next; absent while it is held or sent to")
            Optional<Instant> nextAttempt,

            @Doc("why the last attempt failed, in words") Optional<String> lastError) {}

    /** Parameters of {@link #ENTRIES}. */
    public record EntriesOf(
            @Doc("the target") String target,

            @Doc("what next of the page before holds; without it the first page")
            Optional<String> after,

            @Doc("how many at most, up to 1000; 100 where it is left away")
            Optional<Integer> limit) {}

    /** Result of {@link #ENTRIES}. */
    public record Entries(
            @Doc("the entries") List<Entry> entries,
            @Doc("how many there are in all") long total,
            @Doc("names the next page, if there is one") Optional<String> next) {}

    /** What waits. */
    public record Entry(
            @Doc("the name of its file in sendqueue/") String name,

            @Doc("what it is: the type of a block, or account")
            String kind,

            @Doc("the block's key; an account change has none")
            Optional<String> key,

            @Doc("its bytes") long bytes,
            @Doc("when it came") Instant queued,
            @Doc("failed attempts of its own") int failures,

            @Doc("when it may be tried next, if it has a time of its own")
            Optional<Instant> nextAttempt,

            @Doc("why its last attempt failed, in words") Optional<String> lastError) {
        /** The same with that key. */
        public Entry withKey(Optional<String> found) {
            return new Entry(name, kind, found, bytes, queued, failures, nextAttempt, lastError);
        }
    }

    /** Parameters of methods for one target. */
    public record Target(@Doc("the target's name") String target) {}

    /** What became of it. */
    public record Done(@Doc("in words") String text) {}

    /** Parameters of {@link #COUNT} and {@link #REMOVE}: entries to which all that is given applies. */
    public record Filter(
            @Doc("only this target") Optional<String> target,
            @Doc("only this kind") Optional<String> kind,
            @Doc("only entries that are older, in seconds") Optional<Long> olderThanSeconds,
            @Doc("only these entries, by name") Optional<List<String>> names) {}

    /** How much. */
    public record Count(
            @Doc("entries") long entries,
            @Doc("their bytes") long bytes) {}

    /** Result of {@link #REMOVE}. */
    public record Removed(
            @Doc("what queue.restore takes to put them back")
            String batch,

            @Doc("entries") long entries,
            @Doc("their bytes") long bytes) {}

    /** Parameters of {@link #RESTORE}. */
    public record Batch(@Doc("what queue.remove gave") String batch) {}

    /** Result of {@link #REMOVED}. */
    public record Batches(
            @Doc("the calls of queue.remove") List<OldBatch> batches,
            @Doc("how many there are in all") int total,
            @Doc("names the next page, if there is one") Optional<String> next) {}

    /** What one call took out. */
    public record OldBatch(
            @Doc("its name") String batch,
            @Doc("when") Instant removed,
            @Doc("entries") long entries,
            @Doc("their bytes") long bytes) {}

    /** Result of {@link #PROBE}. */
    public record ProbeResult(
            @Doc("whether sending would work") boolean well,

            @Doc("the steps, in order; after one that failed there are none")
            List<Step> steps) {}

    /** A step of a probe. */
    public record Step(
            @Doc("name, connect, proxy, greeting, tls, certificate or login; route where there is no way to go")
            String name,

            @Doc("whether it worked") boolean well,
            @Doc("what came of it, in words") String text,
            @Doc("how long it took, in milliseconds") long millis) {}

    /** Parameters of {@link #CHANGED}. */
    public record Changed(
            @Doc("the subscription") long subscription,

            @Doc(
                    "how many targets changed that are not told here, because the client is slow: queue.targets has them; mostly 0")
            long lost,

            @Doc("what has changed") List<TargetChange> targets,
            @Doc("how many targets there are in all") int total) {}

    /** What has become of a target. */
    public record TargetChange(
            @Doc("its name") String target,

            @Doc("the target as queue.targets has it; absent when it is not listed any more")
            Optional<TargetLine> line,

            @Doc("whether queue.entries gives other entries, or the same in another state")
            boolean entriesChanged) {}

    /** Parameters of {@link #PROBE_STEP}. */
    public record ProbeStep(
            @Doc("the target that is probed") String target,
            @Doc("the step") Step step) {}
}
