package org.confmail.console.queues;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.confmail.shared.admin.QueueMethods.TargetLine;

/** How old the entries of the largest targets are, by class of age: the server counts. Belongs to the thread of the window. */
final class AgeModel implements Watch {
    /** Where a class ends and the next begins; the last one has no end. */
    static final List<Duration> LIMITS =
            List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7));
    /** As many as the picture has room for, and the server is asked for gladly. */
    static final int TARGETS_MAX = 5;

    private static final Duration PERIOD = Duration.ofSeconds(15);

    private final Remote remote;
    private final Supplier<List<TargetLine>> targets;
    private final Refresh<Ages> refresh;
    private final ReadOnlyObjectWrapper<Ages> ages = new ReadOnlyObjectWrapper<>(new Ages(List.of(), 0));

    /**
     * Asks nothing yet.
     *
     * @param targets the targets there are
     */
    AgeModel(Remote remote, Clockwork clockwork, Supplier<List<TargetLine>> targets) {
        this.remote = remote;
        this.targets = targets;
        this.refresh = new Refresh<>(remote, clockwork, PERIOD, this::ask, ages::set, _ -> {});
    }

    /**
     * The ages of all targets that are shown.
     *
     * @param targets those with the most entries, the most first
     * @param others how many more targets have entries
     */
    record Ages(List<TargetAges> targets, int others) {}

    /**
     * The ages of one target.
     *
     * @param classes how many entries are in each class of age, the youngest class first
     */
    record TargetAges(String target, List<Long> classes) {
        long total() {
            return classes.stream().mapToLong(Long::longValue).sum();
        }
    }

    ReadOnlyObjectProperty<Ages> ages() {
        return ages.getReadOnlyProperty();
    }

    @Override
    public void start() {
        refresh.start();
    }

    @Override
    public void stop() {
        refresh.stop();
    }

    @Override
    public void refresh() {
        refresh.now();
    }

    private Answer<Ages> ask() {
        List<TargetLine> waiting = targets.get().stream()
                .filter(line -> line.entries() > 0)
                .sorted(Comparator.comparingLong(TargetLine::entries).reversed().thenComparing(TargetLine::target))
                .toList();
        List<TargetLine> largest = waiting.subList(0, Math.min(TARGETS_MAX, waiting.size()));
        Answer<Ages> answer = new Answer<>();
        countTargets(largest, new ArrayList<>(), waiting.size() - largest.size(), answer);
        return answer;
    }

    private void countTargets(List<TargetLine> rest, List<TargetAges> found, int others, Answer<Ages> answer) {
        if (rest.isEmpty() || answer.isOver()) {
            answer.complete(new Ages(List.copyOf(found), others));
            return;
        }
        String target = rest.getFirst().target();
        countOlder(target, 0, new ArrayList<>())
                .done(older -> {
                    found.add(new TargetAges(target, classes(older)));
                    countTargets(rest.subList(1, rest.size()), found, others, answer);
                })
                .failed(answer::fail);
    }

    /** How many are older than nothing, than the first limit, than the second and so on. */
    private Answer<List<Long>> countOlder(String target, int limit, List<Long> found) {
        Answer<List<Long>> answer = new Answer<>();
        Optional<Long> seconds = limit == 0
                ? Optional.empty()
                : Optional.of(LIMITS.get(limit - 1).toSeconds());
        remote.call(QueueMethods.COUNT, new Filter(Optional.of(target), Optional.empty(), seconds, Optional.empty()))
                .done(count -> {
                    found.add(count.entries());
                    if (limit == LIMITS.size()) {
                        answer.complete(List.copyOf(found));
                    } else {
                        countOlder(target, limit + 1, found)
                                .done(answer::complete)
                                .failed(answer::fail);
                    }
                })
                .failed(answer::fail);
        return answer;
    }

    private static List<Long> classes(List<Long> older) {
        List<Long> classes = new ArrayList<>();
        for (int i = 0; i < older.size(); i++) {
            long rest = i + 1 < older.size() ? older.get(i + 1) : 0;
            // Some may have left between two counts.
            classes.add(Math.max(0, older.get(i) - rest));
        }
        return List.copyOf(classes);
    }
}
