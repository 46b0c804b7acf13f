package org.confmail.console.queues;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.PagedList;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.ConnectionMethods.Page;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.OldBatch;

/** What was removed and can be put back. Belongs to the thread of the window. */
final class RemovedModel implements Watch {
    /** How long the server keeps what was removed. */
    static final Duration KEPT = Duration.ofDays(7);

    private static final int BATCHES_MAX = 2000;
    private static final int PAGE = 1000;
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final Refresh<List<OldBatch>> refresh;
    private final ReadOnlyObjectWrapper<List<OldBatch>> batches = new ReadOnlyObjectWrapper<>(List.of());

    RemovedModel(Remote remote, Clockwork clockwork) {
        this.refresh = new Refresh<>(
                remote,
                clockwork,
                PERIOD,
                () -> PagedList.all(
                        after -> remote.call(QueueMethods.REMOVED, new Page(after, Optional.of(PAGE))),
                        QueueMethods.Batches::batches,
                        QueueMethods.Batches::next,
                        BATCHES_MAX),
                batches::set,
                _ -> {});
    }

    /** The newest first. */
    ReadOnlyObjectProperty<List<OldBatch>> batches() {
        return batches.getReadOnlyProperty();
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
}
