package org.confmail.console.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.PagedList;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.ReportSummary;
import org.confmail.shared.admin.StorageMethods.Usage;
import org.confmail.shared.admin.StorageMethods.UsageRow;
import org.confmail.shared.admin.StorageMethods.WhichRows;

/** The newest report, read once when it is there. Belongs to the thread of the window. */
final class UsageModel {
    /** The largest users; more are in the file of the report. */
    static final int ROWS_MAX = 10_000;

    private static final int PAGE = 1000;

    private final Remote remote;
    private final ReadOnlyObjectWrapper<Optional<Shares>> shares = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<ReportSummary> wanted = Optional.empty();
    private Optional<Answer<List<UsageRow>>> asked = Optional.empty();

    UsageModel(Remote remote) {
        this.remote = remote;
    }

    /** The report; stays while the server is gone, and until there is another. */
    ReadOnlyObjectProperty<Optional<Shares>> shares() {
        return shares.getReadOnlyProperty();
    }

    /** Why it could not be read, if it could not. */
    ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /** The server has this report now, or none: reads one that is not here yet. */
    void follow(Optional<ReportSummary> newest) {
        if (newest.isEmpty() || newest.equals(wanted)) {
            return;
        }
        wanted = newest;
        asked.ifPresent(Answer::drop);
        read();
    }

    private void read() {
        First first = new First();
        Answer<List<UsageRow>> reading = PagedList.all(
                after -> remote.call(StorageMethods.USAGE, new WhichRows(after, Optional.of(PAGE)))
                        .done(first::take),
                Usage::rows,
                Usage::next,
                ROWS_MAX);
        asked = Optional.of(reading);
        reading.done(rows -> {
                    problem.set(Optional.empty());
                    shares.set(first.page.map(page -> Shares.of(page, rows)));
                })
                .failed(why -> {
                    // It is asked for again when the server names a report the next time.
                    wanted = Optional.empty();
                    if (!why.is(AdminError.CONFLICT)) {
                        problem.set(Optional.of(why));
                    }
                });
    }

    /** What every page has. */
    private static final class First {
        private Optional<Usage> page = Optional.empty();

        void take(Usage told) {
            page = page.or(() -> Optional.of(told));
        }
    }

    /**
     * Who uses how much.
     *
     * @param report the report
     * @param users the number of users in it
     * @param rows who uses most comes first; behind the users, what is announced to nobody
     * @param total the whole store
     */
    record Shares(ReportSummary report, int users, List<UsageRow> rows, UsageRow total) {
        private static Shares of(Usage usage, List<UsageRow> users) {
            List<UsageRow> rows = new ArrayList<>(users);
            usage.unmatched().ifPresent(rows::add);
            return new Shares(usage.report(), usage.users(), List.copyOf(rows), usage.total());
        }

        /** How much of the whole store that is, from 0 to 1. */
        double share(UsageRow row) {
            return total.apportionedBytes() == 0 ? 0 : (double) row.apportionedBytes() / total.apportionedBytes();
        }
    }
}
