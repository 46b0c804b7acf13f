package org.confmail.console.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.Following;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.Cancel;
import org.confmail.shared.admin.StorageMethods.Cancelled;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Progress;
import org.confmail.shared.admin.StorageMethods.Prune;
import org.confmail.shared.admin.StorageMethods.Report;
import org.confmail.shared.admin.StorageMethods.Running;
import org.confmail.shared.admin.StorageMethods.Started;
import org.confmail.shared.admin.StorageMethods.State;
import org.confmail.shared.admin.StorageMethods.Stores;

/** What runs over the stores, what came of it, and the space that is left. Belongs to the thread of the window. */
final class StorageModel implements Watch {
    private static final Duration ASKED = Duration.ofSeconds(2);

    private final Remote remote;
    private final Refresh<State> asking;
    private final ReadOnlyObjectWrapper<Optional<State>> state = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Running>> running = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Ended>> ended = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Following> following = Optional.empty();

    StorageModel(Remote remote, Clockwork clockwork) {
        this.remote = remote;
        this.asking = new Refresh<>(
                remote, clockwork, ASKED, () -> remote.call(StorageMethods.STATE), this::took, this::failed);
    }

    /** As the server told it last; empty before. */
    ReadOnlyObjectProperty<Optional<State>> state() {
        return state.getReadOnlyProperty();
    }

    /** What runs now. */
    ReadOnlyObjectProperty<Optional<Running>> running() {
        return running.getReadOnlyProperty();
    }

    /** The last run of each kind, the newest first. */
    ReadOnlyObjectProperty<List<Ended>> ended() {
        return ended.getReadOnlyProperty();
    }

    /** Why the state is not told, if it is not. */
    ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /** True while something runs: there is one run at a time. */
    BooleanBinding busy() {
        return Bindings.createBooleanBinding(() -> running.get().isPresent(), running);
    }

    /** True while the server has no report. */
    BooleanBinding withoutReport() {
        return Bindings.createBooleanBinding(
                () -> state.get().flatMap(State::report).isEmpty(), state);
    }

    @Override
    public void start() {
        asking.start();
        if (following.isEmpty()) {
            // Where nobody tells of progress the state does, more slowly.
            following = Optional.of(Following.of(
                    remote,
                    () -> remote.subscribe(
                            StorageMethods.FOLLOW, Nothing.AT_ALL, StorageMethods.PROGRESS, this::progressed),
                    () -> {},
                    _ -> {}));
        }
    }

    @Override
    public void stop() {
        asking.stop();
        following.ifPresent(Following::close);
        following = Optional.empty();
    }

    @Override
    public void refresh() {
        asking.now();
    }

    Answer<Started> prune(Stores stores, boolean simulate, int pauseMillis) {
        return remote.call(StorageMethods.PRUNE, new Prune(stores, Optional.of(simulate), Optional.of(pauseMillis)))
                .ended(asking::now);
    }

    /** Makes a report, with sizes rounded up to multiples of so many bytes. */
    Answer<Started> report(long blockSize) {
        return remote.call(StorageMethods.REPORT, new Report(Optional.of(blockSize), Optional.empty()))
                .ended(asking::now);
    }

    /** Ends the run that is shown, and no other that may have begun meanwhile. */
    Answer<Cancelled> cancel() {
        return remote.call(StorageMethods.CANCEL, new Cancel(running.get().map(Running::run)))
                .ended(asking::now);
    }

    private void took(State told) {
        problem.set(Optional.empty());
        state.set(Optional.of(told));
        running.set(told.running());
        ended.set(told.last());
    }

    private void failed(Problem why) {
        problem.set(Optional.of(why));
    }

    private void progressed(Progress progress) {
        running.set(progress.running());
        progress.ended().ifPresent(run -> {
            List<Ended> last = new ArrayList<>(ended.get());
            last.removeIf(before -> before.kind() == run.kind());
            last.addFirst(run);
            ended.set(List.copyOf(last));
            // It has used or freed space, or made a report.
            asking.now();
        });
    }
}
