package org.confmail.console.queues;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.PagedList;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.EntriesOf;
import org.confmail.shared.admin.QueueMethods.Entry;

/**
 * The entries of one target: the oldest ones, up to a bound. They are asked for again when they have changed, and the less often
 * the longer that takes, because the server looks into the file of each. Belongs to the thread of the window.
 */
final class EntriesModel implements Watch {
    /** More than anybody looks through; about 5 MB here. */
    static final int ENTRIES_MAX = 10_000;

    static final int PAGE = 1000;

    private static final Duration LOOK = Duration.ofSeconds(1);
    /** The server is kept busy with it for a fifth of the time at most. */
    private static final int REST = 4;

    private final Remote remote;
    private final Clockwork clockwork;
    private final ReadOnlyObjectWrapper<Content> content = new ReadOnlyObjectWrapper<>(Content.NONE);
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<String> target = Optional.empty();
    private Optional<Answer<?>> asked = Optional.empty();
    private Optional<Clockwork.Repeating> looking = Optional.empty();
    private Instant notBefore = Instant.MIN;
    private boolean stale;

    EntriesModel(Remote remote, Clockwork clockwork) {
        this.remote = remote;
        this.clockwork = clockwork;
        remote.state().addListener((_, _, _) -> stale = true);
    }

    /**
     * What is known of the entries of a target.
     *
     * @param target whose entries; empty for nobody's
     * @param entries the oldest ones
     * @param total how many there are in all
     * @param known whether the server has told yet
     */
    record Content(Optional<String> target, List<Entry> entries, long total, boolean known) {
        static final Content NONE = new Content(Optional.empty(), List.of(), 0, false);
    }

    ReadOnlyObjectProperty<Content> content() {
        return content.getReadOnlyProperty();
    }

    /** Why they cannot be told, if so. */
    ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    @Override
    public void start() {
        if (looking.isEmpty()) {
            stale = true;
            looking = Optional.of(clockwork.every(LOOK, this::look));
            look();
        }
    }

    @Override
    public void stop() {
        looking.ifPresent(Clockwork.Repeating::stop);
        looking = Optional.empty();
        forgetQuestion();
    }

    /** Shows the entries of this target from now on. */
    void show(Optional<String> chosen) {
        if (!chosen.equals(target)) {
            target = chosen;
            content.set(new Content(chosen, List.of(), 0, false));
            problem.set(Optional.empty());
            forgetQuestion();
            refresh();
        }
    }

    /** Asks now, or when the question that is under way is answered. */
    @Override
    public void refresh() {
        stale = true;
        notBefore = Instant.MIN;
        look();
    }

    /** The entries of that target are others now, or in another state. */
    void changed(String changed) {
        if (target.filter(changed::equals).isPresent()) {
            stale = true;
        }
    }

    private void forgetQuestion() {
        asked.ifPresent(Answer::drop);
        asked = Optional.empty();
    }

    private void look() {
        boolean free = asked.filter(answer -> !answer.isOver()).isEmpty();
        if (stale
                && free
                && looking.isPresent()
                && remote.state().get().connected()
                && !clockwork.now().isBefore(notBefore)) {
            target.ifPresent(this::ask);
        }
    }

    private void ask(String of) {
        stale = false;
        Instant began = clockwork.now();
        long[] total = new long[1];
        Answer<List<Entry>> answer = PagedList.all(
                after -> remote.call(QueueMethods.ENTRIES, new EntriesOf(of, after, Optional.of(PAGE)))
                        .done(page -> total[0] = page.total()),
                QueueMethods.Entries::entries,
                QueueMethods.Entries::next,
                ENTRIES_MAX);
        asked = Optional.of(answer);
        answer.done(entries -> {
            problem.set(Optional.empty());
            content.set(new Content(Optional.of(of), entries, Math.max(total[0], entries.size()), true));
        });
        answer.failed(failure -> problem.set(Optional.of(failure)));
        answer.ended(() -> notBefore =
                clockwork.now().plus(Duration.between(began, clockwork.now()).multipliedBy(REST)));
    }
}
