package org.confmail.console.queues;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.Following;
import org.confmail.console.remote.PagedList;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Told;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConnectionMethods.Page;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.TargetChange;
import org.confmail.shared.admin.QueueMethods.TargetLine;

/**
 * The targets as the server tells of them: followed where it tells of changes, asked for again and again where it does not. What
 * was known stays when the server is gone. Belongs to the thread of the window.
 */
final class TargetsModel implements Watch {
    /** A server that has more is asked for no more: nobody reads on. */
    static final int TARGETS_MAX = 5000;

    static final int PAGE = 1000;
    /** Where the server does not tell of changes. */
    static final Duration OFTEN = Duration.ofSeconds(2);
    /** Where it does: only in case something was missed. */
    static final Duration SELDOM = Duration.ofMinutes(1);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Remote remote;
    private final Clockwork clockwork;
    private final Consumer<String> entriesChanged;
    private final Told<String, TargetLine> lines = new Told<>(TARGETS_MAX, TargetLine::target);
    private final ReadOnlyObjectWrapper<List<TargetRow>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Boolean> known = new ReadOnlyObjectWrapper<>(false);
    private final Refresh<List<TargetLine>> often;
    private final Refresh<List<TargetLine>> seldom;
    private Optional<Following> following = Optional.empty();
    private Optional<Clockwork.Repeating> seconds = Optional.empty();

    /**
     * Asks nothing yet.
     *
     * @param entriesChanged told of each target whose entries are others now, or in another state
     */
    TargetsModel(Remote remote, Clockwork clockwork, Consumer<String> entriesChanged) {
        this.remote = remote;
        this.clockwork = clockwork;
        this.entriesChanged = entriesChanged;
        this.often = refresh(OFTEN);
        this.seldom = refresh(SELDOM);
    }

    /** All targets, those first that need a look. */
    ReadOnlyObjectProperty<List<TargetRow>> rows() {
        return rows.getReadOnlyProperty();
    }

    /** Why they cannot be told, if so. */
    ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /** Whether the server has told of them yet. */
    ReadOnlyObjectProperty<Boolean> known() {
        return known.getReadOnlyProperty();
    }

    @Override
    public void start() {
        if (following.isEmpty()) {
            seconds = Optional.of(clockwork.every(SECOND, this::show));
            following = Optional.of(
                    Following.of(remote, this::subscribe, () -> ask(seldom, often), _ -> ask(often, seldom)));
        }
    }

    @Override
    public void stop() {
        following.ifPresent(Following::close);
        following = Optional.empty();
        seconds.ifPresent(Clockwork.Repeating::stop);
        seconds = Optional.empty();
        often.stop();
        seldom.stop();
    }

    /** Asks now: after something was done, or because the user wants it. */
    @Override
    public void refresh() {
        often.now();
        seldom.now();
    }

    private Answer<Remote.Subscription> subscribe() {
        return remote.subscribe(QueueMethods.FOLLOW, Nothing.AT_ALL, QueueMethods.CHANGED, this::changed);
    }

    private static void ask(Refresh<?> from, Refresh<?> notFrom) {
        notFrom.stop();
        from.stop();
        from.start();
    }

    private Refresh<List<TargetLine>> refresh(Duration period) {
        return new Refresh<>(remote, clockwork, period, this::askForAll, this::take, this::failed);
    }

    private Answer<List<TargetLine>> askForAll() {
        lines.asking();
        return PagedList.all(
                after -> remote.call(QueueMethods.TARGETS, new Page(after, Optional.of(PAGE))),
                QueueMethods.Targets::targets,
                QueueMethods.Targets::next,
                TARGETS_MAX);
    }

    private void failed(Problem why) {
        lines.unanswered();
        problem.set(Optional.of(why));
    }

    private void take(List<TargetLine> found) {
        problem.set(Optional.empty());
        Set<TargetLine> before = Set.copyOf(lines.all());
        lines.listed(found);
        Set<TargetLine> after = Set.copyOf(lines.all());
        show();
        known.set(true);
        Stream.concat(
                        before.stream().filter(line -> !after.contains(line)),
                        after.stream().filter(line -> !before.contains(line)))
                .map(TargetLine::target)
                .distinct()
                .forEach(entriesChanged);
    }

    private void changed(QueueMethods.Changed event) {
        if (event.lost() > 0) {
            refresh();
        }
        for (TargetChange change : event.targets()) {
            change.line().ifPresentOrElse(lines::changed, () -> lines.gone(change.target()));
        }
        show();
        event.targets().stream()
                .filter(TargetChange::entriesChanged)
                .map(TargetChange::target)
                .forEach(entriesChanged);
    }

    private void show() {
        rows.set(lines.all().stream()
                .sorted(TargetRow.ORDER)
                .map(line -> TargetRow.of(line, clockwork.now()))
                .toList());
    }
}
