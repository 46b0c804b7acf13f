package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.LinkState;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Watch;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.admin.ConfigMethods.Differences;
import org.confmail.shared.admin.ConfigMethods.Reloaded;
import org.confmail.shared.admin.ConfigMethods.Restore;
import org.confmail.shared.admin.ConfigMethods.Saved;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigProblem;

/**
 * The draft and where it comes from: the server while it is there, else its file if that is on this machine. Notices what others
 * do to the file. Belongs to the thread of the window.
 */
final class ConfigurationModel implements Watch {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofMillis(500);

    private final Draft draft = new Draft();
    private final Remote remote;
    private final Optional<FileAlone> alone;
    private final Clockwork clockwork;
    private final Refresh<Reading> refresh;
    private final ChangeListener<LinkState> linkListener = (_, _, state) -> linkChanged(state);
    private final ReadOnlyObjectWrapper<Optional<Source>> source = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<String>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Loaded>> newer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Change>> atRestart = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Duration>> left = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<String>> notice = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Awaiting> awaiting = Optional.empty();
    private Optional<Clockwork.Repeating> ticking = Optional.empty();
    /** Counts what this console did to the file: an answer that was asked for before does not know of it. */
    private long generation;

    /** @param file config.txt, where it is on this machine */
    ConfigurationModel(Remote remote, Optional<Path> file, Clockwork clockwork, Executor background, Executor window) {
        this.remote = remote;
        this.alone = file.map(path -> new FileAlone(path, background, window));
        this.clockwork = clockwork;
        this.refresh = new Refresh<>(remote, clockwork, PERIOD, this::ask, this::take, this::cannotRead);
        remote.state().addListener(linkListener);
        linkChanged(remote.state().get());
    }

    Draft draft() {
        return draft;
    }

    /** Where the file is read and saved; empty when that can't be done. */
    ReadOnlyObjectProperty<Optional<Source>> source() {
        return source.getReadOnlyProperty();
    }

    /** Why the file can't be read. */
    ReadOnlyObjectProperty<Optional<String>> trouble() {
        return trouble.getReadOnlyProperty();
    }

    /** The file as somebody else made it while the draft was edited. */
    ReadOnlyObjectProperty<Optional<Loaded>> newer() {
        return newer.getReadOnlyProperty();
    }

    /** Options that the running server will have at its next start only. */
    ReadOnlyObjectProperty<List<Change>> atRestart() {
        return atRestart.getReadOnlyProperty();
    }

    /** How long until the settings that were saved are taken back, while they wait to be kept. */
    ReadOnlyObjectProperty<Optional<Duration>> left() {
        return left.getReadOnlyProperty();
    }

    /** What came of settings that waited to be kept, when it was not decided here. */
    ReadOnlyObjectProperty<Optional<String>> notice() {
        return notice.getReadOnlyProperty();
    }

    /** Asks now and again from now on. */
    @Override
    public void start() {
        refresh.start();
        source.get().filter(from -> !from.served()).ifPresent(this::readAlone);
    }

    /** Asks no more. */
    @Override
    public void stop() {
        refresh.stop();
    }

    void close() {
        stop();
        remote.state().removeListener(linkListener);
        ticking.ifPresent(Clockwork.Repeating::stop);
    }

    /** Reads the file again; edits stay. */
    @Override
    public void refresh() {
        refresh.now();
        source.get().filter(from -> !from.served()).ifPresent(this::readAlone);
    }

    /** What saving would change. */
    Answer<Differences> diff() {
        return from((where, base) -> where.diff(base, draft.document()));
    }

    /** Saves the draft. Fails where it has errors, or somebody else changed the file: that is then in {@link #newer}. */
    Answer<Stored> save(Optional<Duration> patience) {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            return failure(obstacle.get());
        }
        return from((where, base) -> {
            generation++;
            return where.save(base, draft.document(), where.served() ? patience : Optional.empty())
                    .done(stored -> stored(stored, patience))
                    .failed(this::conflict);
        });
    }

    /** Why the draft can't be saved as it is, if it can't. */
    Optional<String> obstacle() {
        if (draft.base().isEmpty()) {
            return Optional.of(text("configuration.unread"));
        }
        if (newer.get().isPresent()) {
            return Optional.of(text("configuration.newer.first"));
        }
        if (awaiting.isPresent() && source.get().filter(Source::served).isPresent()) {
            return Optional.of(text("configuration.awaiting.first"));
        }
        return draft.problems().stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .findFirst()
                .map(problem -> text("configuration.wrong", problem.line(), problem.message()));
    }

    /** Keeps the settings that were saved to be kept. */
    Answer<Nothing> keep() {
        return remote.call(ConfigMethods.CONFIRM).done(_ -> decided()).failed(_ -> refresh.now());
    }

    /** Takes back the settings that were saved to be kept. */
    Answer<Reloaded> takeBack() {
        return remote.call(ConfigMethods.REVERT).done(_ -> decided()).failed(_ -> refresh.now());
    }

    /** Has the server read the file again. */
    Answer<Reloaded> reload() {
        generation++;
        return remote.call(ConfigMethods.RELOAD).done(_ -> refresh.now());
    }

    /** Puts a text of the history back. Fails while there are edits, which would be lost. */
    Answer<Saved> restore(String name, Optional<Duration> patience) {
        if (draft.edited()) {
            return failure(text("configuration.history.edited"));
        }
        if (awaiting.isPresent()) {
            return failure(text("configuration.awaiting.first"));
        }
        String version = draft.base().flatMap(Loaded::version).orElse("");
        generation++;
        return remote.call(ConfigMethods.RESTORE, new Restore(name, version, OverSocket.seconds(patience)))
                .done(saved -> {
                    await(saved.confirmBy(), patience, Optional.empty());
                    generation++;
                    refresh.now();
                })
                .failed(_ -> refresh.now());
    }

    /**
     * Puts the edits onto what somebody else made of the file.
     *
     * @return in how many places both changed the same lines
     */
    int merge() {
        int overlaps = newer.get().map(draft::merge).orElse(0);
        newer.set(Optional.empty());
        return overlaps;
    }

    /** Forgets the edits, and takes what is in the file. */
    void discard() {
        newer.get().ifPresentOrElse(draft::begin, draft::discard);
        newer.set(Optional.empty());
    }

    private void linkChanged(LinkState state) {
        switch (state) {
            case LinkState.Connected _ -> {
                source.set(Optional.of(new OverSocket(remote)));
                trouble.set(Optional.empty());
            }
            case LinkState.Gone gone -> {
                generation++;
                source.set(alone.map(Source.class::cast));
                alone.ifPresentOrElse(
                        this::readAlone,
                        () -> trouble.set(Optional.of(text("configuration.nowhere", Shown.sentence(gone.reason())))));
            }
            case LinkState.Connecting _ -> {
                // the source stays until it is known how that ends
            }
        }
    }

    private Answer<Reading> ask() {
        long asked = generation;
        Answer<Reading> answer = new Answer<>();
        new OverSocket(remote)
                .read()
                .done(loaded -> answer.complete(new Reading(loaded, asked)))
                .failed(answer::fail);
        return answer;
    }

    private void readAlone(Source where) {
        long asked = generation;
        where.read().done(loaded -> take(new Reading(loaded, asked))).failed(problem -> {
            if (asked == generation) {
                cannotRead(problem);
            }
        });
    }

    private void cannotRead(Problem problem) {
        trouble.set(Optional.of(problem.text()));
    }

    private void take(Reading reading) {
        if (reading.generation != generation) {
            return;
        }
        Loaded loaded = reading.loaded;
        trouble.set(Optional.empty());
        if (loaded.version().isPresent()) {
            atRestart.set(loaded.atRestart());
            seen(loaded);
        }
        Optional<Loaded> base = draft.base();
        boolean sameBase =
                base.filter(read -> read.document().equals(loaded.document())).isPresent();
        if (sameBase || loaded.document().equals(draft.document())) {
            newer.set(Optional.empty());
            if (!base.equals(Optional.of(loaded))) {
                draft.rebase(loaded);
            }
        } else if (draft.edited()) {
            newer.set(Optional.of(loaded));
        } else {
            newer.set(Optional.empty());
            draft.begin(loaded);
        }
    }

    /** Compares what waits here with what waits there. */
    private void seen(Loaded loaded) {
        boolean decidedElsewhere = awaiting.isPresent() && loaded.confirmBy().isEmpty();
        if (decidedElsewhere) {
            // Not what was read last: the server puts the old text back before it answers, and the file may have told
            // that.
            boolean kept = awaiting.flatMap(Awaiting::trial)
                    .or(() -> draft.base().map(Loaded::document))
                    .filter(loaded.document()::equals)
                    .isPresent();
            notice.set(Optional.of(text(kept ? "configuration.awaiting.kept" : "configuration.awaiting.over")));
        }
        if (!awaiting.map(Awaiting::told).equals(loaded.confirmBy())) {
            await(loaded.confirmBy(), Optional.empty(), Optional.of(loaded.document()));
        }
    }

    private void stored(Stored stored, Optional<Duration> patience) {
        generation++;
        draft.rebase(stored.loaded());
        newer.set(Optional.empty());
        if (stored.reloaded().isPresent()) {
            atRestart.set(stored.loaded().atRestart());
            await(
                    stored.loaded().confirmBy(),
                    patience,
                    Optional.of(stored.loaded().document()));
        }
    }

    private void conflict(Problem problem) {
        if (problem.is(AdminError.CONFLICT)) {
            refresh();
        }
    }

    private void decided() {
        generation++;
        await(Optional.empty(), Optional.empty(), Optional.empty());
        refresh.now();
    }

    private void await(Optional<Instant> told, Optional<Duration> patience, Optional<ConfigDocument> trial) {
        ticking.ifPresent(Clockwork.Repeating::stop);
        awaiting = told.map(
                end -> new Awaiting(end, patience.map(clockwork.now()::plus).orElse(end), trial));
        ticking = awaiting.map(_ -> clockwork.every(TICK, this::tick));
        if (awaiting.isPresent()) {
            notice.set(Optional.empty());
        }
        tick();
    }

    private void tick() {
        Optional<Duration> before = left.get();
        left.set(awaiting.map(waiting -> waiting.left(clockwork.now())));
        if (!before.equals(left.get()) && left.get().filter(Duration::isZero).isPresent()) {
            refresh.now();
        }
    }

    private <R> Answer<R> from(Question<R> question) {
        if (source.get().isEmpty() || draft.base().isEmpty()) {
            return failure(trouble.get().orElse(text("configuration.unread")));
        }
        return question.ask(source.get().get(), draft.base().get());
    }

    private static <R> Answer<R> failure(String words) {
        return Answer.failure(new Problem(Optional.empty(), words));
    }

    /** An answer, and how much was done when it was asked for. */
    private record Reading(Loaded loaded, long generation) {}

    /** What is asked of a source. */
    @FunctionalInterface
    private interface Question<R> {
        Answer<R> ask(Source where, Loaded base);
    }
}
