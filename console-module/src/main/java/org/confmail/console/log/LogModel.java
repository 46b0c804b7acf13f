package org.confmail.console.log;

import static org.confmail.console.text.Texts.text;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.LineModel;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Following;
import org.confmail.console.remote.LinkState;
import org.confmail.console.remote.Remote;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.LogMethods.Follow;

/**
 * The log: live while the server is there, from the file where an operator looks further back, and read here from the file when
 * the server is gone. It goes on while another view is looked at, until it is closed. Belongs to the thread of the window.
 */
final class LogModel {
    /** Lines to begin with: what the server tells at most. */
    private static final int RECENT = LogMethods.PAGE_LINES_MAX;

    /** Pages that are read at a time where the filter lets nothing pass. */
    private static final int PAGES_MAX = 20;

    /** Lines that are enough for the user to go on scrolling. */
    private static final int ENOUGH = 50;

    private final Workplace workplace;
    private final Remote remote;
    private final LineModel lines;
    private final PagedLog paged;
    private final Tell tell;
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");
    private final ChangeListener<LinkState> listener = (_, _, state) -> linkChanged(state);
    private Optional<Following> following = Optional.empty();
    private Optional<Path> file = Optional.empty(); // that is read here
    private boolean chosen; // by the user
    private Overlap overlap = Overlap.none();
    private Optional<Long> process = Optional.empty();
    private boolean sameProcess;

    /** Begins nothing yet. */
    LogModel(Workplace workplace, LineModel lines, Tell tell) {
        this.workplace = workplace;
        this.remote = workplace.remote();
        this.lines = lines;
        this.tell = tell;
        this.paged = new PagedLog(lines, new ServerPages(remote));
        lines.live().addListener(_ -> note());
    }

    /** What the user must know about where these lines are from; empty while they are live. */
    ReadOnlyStringProperty notice() {
        return notice.getReadOnlyProperty();
    }

    /** Begins to follow; does nothing when it has begun. */
    void start() {
        if (following.isEmpty()) {
            // Before the subscription is made again, so that what was read from the file counts.
            remote.state().addListener(listener);
            linkChanged(remote.state().get());
            follow();
        }
    }

    void close() {
        remote.state().removeListener(listener);
        following.ifPresent(Following::close);
        following = Optional.empty();
        paged.close();
        lines.close();
    }

    /** Looks for what is new, where that does not come by itself. */
    void refresh() {
        if (file.isPresent()) {
            readOn();
        } else if (!lines.live().get()) {
            newer();
        }
    }

    /** Reads older lines, until some of them pass the filter. */
    void older() {
        if (paged.isBusy() || (lines.store().size() == 0 && lines.live().get() && file.isEmpty())) {
            return;
        }
        if (paged.isAtBeginning()) {
            tell.done(text("log.older.first"));
            return;
        }
        tell.working(text("log.older.working"));
        older(PAGES_MAX, lines.shown().size());
    }

    private void older(int pages, int shownBefore) {
        paged.older()
                .done(_ -> lines.shown().whenIdle(() -> {
                    boolean enough = lines.shown().size() >= shownBefore + ENOUGH;
                    if (paged.isAtBeginning()) {
                        tell.done(text("log.older.first"));
                    } else if (enough) {
                        tell.done(text("log.older.done", back()));
                    } else if (pages > 1) {
                        older(pages - 1, shownBefore);
                    } else {
                        tell.done(text("log.older.nothing", back()));
                    }
                }))
                .failed(problem -> tell.failed(problem.text()));
    }

    private String back() {
        return lines.store()
                .line(lines.store().first())
                .map(Line::time)
                .map(Shown::moment)
                .orElse("");
    }

    /** Reads newer lines of the file, where the lines are of the past. */
    void newer() {
        if (lines.live().get() || paged.isBusy()) {
            return;
        }
        tell.working(text("log.newer.working"));
        paged.newer()
                .done(count -> {
                    if (count == 0) {
                        tell.done(text("log.newer.last"));
                    } else {
                        tell.nothing();
                    }
                })
                .failed(problem -> tell.failed(problem.text()));
    }

    /** Shows the lines from a time on; the answer says whether there are any. */
    Answer<Boolean> goTo(Instant time) {
        if (isInMemory(time)) {
            return Answer.of(true);
        }
        Answer<Boolean> answer = new Answer<>();
        paged.from(time)
                .done(count -> {
                    if (count > 0) {
                        lines.live().set(false);
                        note();
                    }
                    answer.complete(count > 0);
                })
                .failed(answer::fail);
        return answer;
    }

    private boolean isInMemory(Instant time) {
        boolean notBefore = lines.store()
                .line(lines.store().first())
                .filter(line -> !line.time().isAfter(time))
                .isPresent();
        return notBefore && lines.store().firstAt(time).isPresent();
    }

    /** Shows the newest lines again: those of the server while it is there, otherwise those of the file. */
    void toNow() {
        boolean connected = remote.state().get().connected();
        if (lines.live().get() && !chosen) {
            return;
        }
        if (connected) {
            chosen = false;
            file = Optional.empty();
            paged.use(new ServerPages(remote));
            lines.clear();
            lines.live().set(true);
            follow();
        } else if (file.isPresent()) {
            paged.newest()
                    .done(_ -> {
                        lines.live().set(!chosen);
                        note();
                    })
                    .failed(problem -> unreadable(problem.text()));
        }
        note();
    }

    /** Reads a file instead of the log of the server. */
    void open(Path wanted) {
        chosen = true;
        read(wanted);
        lines.clear();
        lines.live().set(false);
        paged.newest().done(_ -> note()).failed(problem -> unreadable(problem.text()));
    }

    private void follow() {
        following.ifPresent(Following::close);
        following =
                Optional.of(Following.of(remote, this::subscribe, () -> {}, problem -> tell.failed(problem.text())));
    }

    private Answer<Remote.Subscription> subscribe() {
        lines.takeIn();
        boolean live = lines.live().get();
        overlap = live ? Overlap.with(lines.store()) : Overlap.none();
        Follow follow = new Follow(
                Optional.empty(), Optional.empty(), Optional.empty(), live ? Optional.of(RECENT) : Optional.empty());
        return remote.subscribe(LogMethods.FOLLOW, follow, LogMethods.LOG_LINES, this::take);
    }

    private void take(LogMethods.LogLines told) {
        if (told.lost() > 0) {
            lines.note(text("log.lost", told.lost(), Shown.number(told.lost())));
        }
        List<Line> rest = overlap.rest(told.lines().stream().map(LogLines::line).toList());
        if (!rest.isEmpty() && !overlap.met()) {
            if (sameProcess) {
                lines.note(text("log.gap"));
            }
            overlap = Overlap.none();
        }
        lines.add(rest);
    }

    private void linkChanged(LinkState state) {
        switch (state) {
            case LinkState.Connected connected -> {
                sameProcess = process.equals(Optional.of(connected.server().processId()));
                process = Optional.of(connected.server().processId());
                if (!chosen) {
                    file = Optional.empty();
                    paged.use(new ServerPages(remote));
                }
            }
            case LinkState.Gone _ -> {
                if (!chosen && file.isEmpty()) {
                    knownFile().ifPresent(this::read);
                }
                // Once more with each attempt to connect: the file may tell why it does not start.
                if (lines.live().get()) {
                    readOn();
                }
            }
            case LinkState.Connecting _ -> {}
        }
        note();
    }

    private void read(Path wanted) {
        file = Optional.of(wanted);
        paged.use(new FilePages(wanted, workplace.background(), workplace.window()));
    }

    /** Where the file is on this machine: not for a server whose socket only is known, which may be far away. */
    private Optional<Path> knownFile() {
        return workplace.servers().all().stream()
                .filter(server -> server.socket().equals(workplace.server().socket()))
                .filter(server -> server.home().isPresent())
                .findFirst()
                .flatMap(KnownServer::logFile);
    }

    private void readOn() {
        if (file.isEmpty() || paged.isBusy()) {
            return;
        }
        paged.newer()
                .done(count -> {
                    note();
                    if (count >= Pages.LINES) {
                        readOn();
                    }
                })
                .failed(problem -> unreadable(problem.text()));
    }

    private void unreadable(String reason) {
        notice.set(text("log.file.failed", file.map(Path::toString).orElse(""), reason));
    }

    private void note() {
        String now =
                Shown.moment(workplace.clockwork().now(), workplace.clockwork().now());
        boolean gone = remote.state().get() instanceof LinkState.Gone;
        if (chosen) {
            notice.set(text("log.file", file.map(Path::toString).orElse(""), now));
        } else if (gone && file.isPresent()) {
            notice.set(text("log.file.gone", file.get(), now));
        } else if (!lines.live().get()) {
            notice.set(text("log.past", back()));
        } else {
            notice.set(gone ? text("log.gone.unknown") : "");
        }
    }

    /** Tells what came of reading. */
    interface Tell {
        void working(String words);

        void done(String words);

        void failed(String reason);

        void nothing();
    }
}
