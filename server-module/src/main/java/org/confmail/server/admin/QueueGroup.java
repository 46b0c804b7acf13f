package org.confmail.server.admin;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.admin.rpc.Pulse;
import org.confmail.server.block.Key;
import org.confmail.server.time.Scheduler;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConnectionMethods.Page;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Batch;
import org.confmail.shared.admin.QueueMethods.Batches;
import org.confmail.shared.admin.QueueMethods.Changed;
import org.confmail.shared.admin.QueueMethods.Count;
import org.confmail.shared.admin.QueueMethods.Done;
import org.confmail.shared.admin.QueueMethods.Entries;
import org.confmail.shared.admin.QueueMethods.EntriesOf;
import org.confmail.shared.admin.QueueMethods.Entry;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.confmail.shared.admin.QueueMethods.OldBatch;
import org.confmail.shared.admin.QueueMethods.ProbeResult;
import org.confmail.shared.admin.QueueMethods.ProbeStep;
import org.confmail.shared.admin.QueueMethods.Removed;
import org.confmail.shared.admin.QueueMethods.Step;
import org.confmail.shared.admin.QueueMethods.Target;
import org.confmail.shared.admin.QueueMethods.TargetChange;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.QueueMethods.Targets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The send queue. */
final class QueueGroup {
    /** A hundred years; times before those of the calendar cannot be told. */
    private static final long AGE_SECONDS_MAX = 100L * 365 * 86400;

    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final Optional<QueueControl> control;
    private final Pulse pulse;
    private final Scheduler scheduler;

    QueueGroup(Optional<QueueControl> control, Pulse pulse, Scheduler scheduler) {
        this.control = control;
        this.pulse = pulse;
        this.scheduler = scheduler;
    }

    void register(Methods methods) {
        methods.on(QueueMethods.TARGETS, this::targets)
                .on(QueueMethods.ENTRIES, this::entries)
                .on(QueueMethods.RETRY, this::retry)
                .on(QueueMethods.HOLD, this::hold)
                .on(QueueMethods.RELEASE, this::release)
                .on(QueueMethods.COUNT, (filter, caller) -> queue().count(checked(filter)))
                .on(QueueMethods.REMOVE, this::remove)
                .on(QueueMethods.REMOVED, this::removed)
                .on(QueueMethods.RESTORE, this::restore)
                .on(QueueMethods.PROBE, this::probe)
                .on(QueueMethods.FOLLOW, this::follow);
    }

    private Targets targets(Page page, Caller caller) throws AdminException {
        // By name from page to page; within a page those come first that need a look.
        Paging<TargetLine> found = Paging.of(sorted(queue().targets()), TargetLine::target, page.after(), page.limit());
        List<TargetLine> lines = new ArrayList<>(found.items());
        lines.sort((a, b) -> Integer.compare(b.failures(), a.failures()));
        return new Targets(lines, found.total(), found.next());
    }

    private static List<TargetLine> sorted(List<TargetLine> targets) {
        List<TargetLine> sorted = new ArrayList<>(targets);
        sorted.sort((a, b) -> a.target().compareTo(b.target()));
        return sorted;
    }

    private Entries entries(EntriesOf wanted, Caller caller) throws AdminException {
        Paging<Entry> found =
                Paging.of(queue().entries(wanted.target()), QueueGroup::place, wanted.after(), wanted.limit());
        // Only for this page, because each means a look into a file.
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : found.items()) {
            entries.add(entry.withKey(queue().blockKey(entry.name()).map(Key::toString)));
        }
        return new Entries(entries, found.total(), found.next());
    }

    private static String place(Entry entry) {
        // The resolution in which the queue keeps its order.
        return String.format(
                Locale.ROOT, "%019d %s", ChronoUnit.MICROS.between(Instant.EPOCH, entry.queued()), entry.name());
    }

    private Done retry(Target target, Caller caller) throws AdminException {
        Done done = queue().retry(target.target());
        LOG.info("target {}: {} ({})", target.target(), done.text(), caller.who());
        return done;
    }

    private Done hold(Target target, Caller caller) throws AdminException, IOException {
        Done done = queue().hold(target.target());
        LOG.info("target {}: {} ({})", target.target(), done.text(), caller.who());
        return done;
    }

    private Done release(Target target, Caller caller) throws AdminException, IOException {
        Done done = queue().release(target.target());
        LOG.info("target {}: {} ({})", target.target(), done.text(), caller.who());
        return done;
    }

    private Removed remove(Filter filter, Caller caller) throws AdminException, IOException {
        Removed removed = queue().remove(checked(filter));
        LOG.warn(
                "{} entries of the send queue removed by {}; queue.restore {} puts them back",
                removed.entries(),
                caller.who(),
                removed.batch());
        return removed;
    }

    /** A filter that says nothing would mean everything, which nobody should say by mistake. */
    private static Filter checked(Filter filter) throws AdminException {
        if (filter.target().isEmpty()
                && filter.kind().isEmpty()
                && filter.olderThanSeconds().isEmpty()
                && filter.names().isEmpty()) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS, "give at least one of target, kind, olderThanSeconds and names");
        }
        long age = filter.olderThanSeconds().orElse(0L);
        if (age < 0 || age > AGE_SECONDS_MAX) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS,
                    "'olderThanSeconds' is " + age + "; it must be from 0 to " + AGE_SECONDS_MAX);
        }
        return filter;
    }

    private Batches removed(Page page, Caller caller) throws AdminException, IOException {
        List<OldBatch> newestFirst = queue().removed();
        int limit = Paging.limit(page.limit());
        List<OldBatch> rest = newestFirst.stream()
                .filter(batch -> page.after().isEmpty()
                        || batch.batch().compareTo(page.after().get()) < 0)
                .toList();
        List<OldBatch> found = rest.subList(0, Math.min(limit, rest.size()));
        Optional<String> next =
                found.size() < rest.size() ? Optional.of(found.getLast().batch()) : Optional.empty();
        return new Batches(found, newestFirst.size(), next);
    }

    private Count restore(Batch batch, Caller caller) throws AdminException, IOException {
        Count restored = queue().restore(batch.batch());
        LOG.info("{} entries of the send queue put back by {}", restored.entries(), caller.who());
        return restored;
    }

    private ProbeResult probe(Target target, Caller caller) throws AdminException {
        List<Step> steps = new ArrayList<>();
        queue().probe(target.target(), step -> {
            steps.add(step);
            caller.tell(QueueMethods.PROBE_STEP, new ProbeStep(target.target(), step));
        });
        return new ProbeResult(steps.stream().allMatch(Step::well), steps);
    }

    private Subscribed follow(Nothing nothing, Caller caller) throws AdminException {
        QueueControl queue = queue();
        ChangeFeed<String, Changed> feed = new ChangeFeed<>(
                QueueMethods.CHANGED,
                pulse,
                scheduler,
                (subscription, lost, changed) -> changed(subscription, lost, changed, queue.targets()));
        return caller.subscribe(feed.of(queue.follow(feed::changed)));
    }

    private static Changed changed(
            long subscription, long lost, Map<String, Boolean> changed, List<TargetLine> targets) {
        Map<String, TargetLine> lines =
                targets.stream().collect(Collectors.toMap(TargetLine::target, Function.identity()));
        List<TargetChange> changes = new ArrayList<>();
        changed.forEach((target, entries) ->
                changes.add(new TargetChange(target, Optional.ofNullable(lines.get(target)), entries)));
        return new Changed(subscription, lost, changes, targets.size());
    }

    private QueueControl queue() throws AdminException {
        return control.orElseThrow(() -> new AdminException(
                AdminError.UNAVAILABLE, "this server sends nothing to other servers; what waits in sendqueue/ stays"));
    }
}
