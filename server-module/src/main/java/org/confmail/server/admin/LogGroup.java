package org.confmail.server.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.admin.rpc.Pulse;
import org.confmail.server.log.LogLine;
import org.confmail.server.log.RecentLines;
import org.confmail.server.log.ServerLog;
import org.confmail.server.log.TrafficLine;
import org.confmail.server.log.TrafficLog;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.LogMethods.Detail;
import org.confmail.shared.admin.LogMethods.Direction;
import org.confmail.shared.admin.LogMethods.Follow;
import org.confmail.shared.admin.LogMethods.FollowTraffic;
import org.confmail.shared.admin.LogMethods.Lines;
import org.confmail.shared.admin.LogMethods.LogLines;
import org.confmail.shared.admin.LogMethods.NowDetail;
import org.confmail.shared.admin.LogMethods.Page;
import org.confmail.shared.admin.LogMethods.Recent;
import org.confmail.shared.admin.LogMethods.TrafficLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log and the traffic. */
final class LogGroup {
    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final ServerLog log;
    private final TrafficLog traffic;
    private final Pulse pulse;

    LogGroup(ServerLog log, TrafficLog traffic, Pulse pulse) {
        this.log = log;
        this.traffic = traffic;
        this.pulse = pulse;
    }

    void register(Methods methods) {
        methods.on(LogMethods.PAGE, this::page)
                .on(LogMethods.RECENT, this::recent)
                .on(LogMethods.FOLLOW, this::follow)
                .on(LogMethods.DETAIL, this::detail)
                .on(LogMethods.FOLLOW_TRAFFIC, this::followTraffic);
    }

    private Lines page(Page page, Caller caller) throws AdminException, IOException {
        Path file = log.file()
                .orElseThrow(() -> new AdminException(
                        AdminError.UNAVAILABLE,
                        "the log goes to standard error, not to a file (-logfile); log.recent has the newest lines"));
        Predicate<LogLine> wanted = LineFilter.of(page.level(), LineFilter.text(page.text(), Optional.empty()));
        return new LogPages(file, log::files, wanted, Paging.limit(page.limit()))
                .page(page.from(), page.older(), page.newer());
    }

    private LogMethods.RecentLines recent(Recent recent, Caller caller) throws AdminException {
        Predicate<LogLine> wanted = LineFilter.of(recent.level(), LineFilter.text(recent.text(), Optional.empty()));
        List<LogMethods.LogLine> lines = log.recent().newest(Paging.limit(recent.limit()), wanted).stream()
                .map(Levels::toShared)
                .toList();
        return new LogMethods.RecentLines(lines);
    }

    private Subscribed follow(Follow follow, Caller caller) throws AdminException {
        Predicate<LogLine> wanted = LineFilter.of(follow.level(), LineFilter.text(follow.text(), follow.pattern()));
        int back = follow.recent().orElse(0);
        if (back < 0 || back > Paging.LIMIT_MAX) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS, "'recent' is " + back + "; it must be from 0 to " + Paging.LIMIT_MAX);
        }
        RecentLines<LogLine> lines = log.recent();
        long position = Math.max(lines.oldest(), lines.end() - back);
        return caller.subscribe(new LineFeed<>(lines, position, wanted, pulse::give, new LineFeed.Maker<>() {
            @Override
            public String event() {
                return LogMethods.LOG_LINES.name();
            }

            @Override
            public LogLines make(long subscription, long lost, List<LogLine> found) {
                return new LogLines(
                        subscription, lost, found.stream().map(Levels::toShared).toList());
            }
        }));
    }

    private Subscribed followTraffic(FollowTraffic follow, Caller caller) throws AdminException {
        Predicate<String> text = LineFilter.text(follow.text(), follow.pattern());
        Predicate<TrafficLine> wanted =
                line -> (follow.connection().isEmpty() || follow.connection().get() == line.connection())
                        && text.test(line.text());
        LOG.info("traffic followed by {}", caller.who());
        RecentLines<TrafficLine> lines = traffic.lines();
        return caller.subscribe(new LineFeed<>(lines, lines.end(), wanted, pulse::give, new LineFeed.Maker<>() {
            @Override
            public String event() {
                return LogMethods.TRAFFIC_LINES.name();
            }

            @Override
            public TrafficLines make(long subscription, long lost, List<TrafficLine> found) {
                return new TrafficLines(
                        subscription, lost, found.stream().map(LogGroup::shown).toList());
            }
        }));
    }

    private static LogMethods.TrafficLine shown(TrafficLine line) {
        Direction direction = switch (line.direction()) {
            case IN -> Direction.IN;
            case OUT -> Direction.OUT;
            case EVENT -> Direction.EVENT;
        };
        return new LogMethods.TrafficLine(line.time(), line.connection(), direction, line.text());
    }

    private synchronized NowDetail detail(Detail wanted, Caller caller) {
        ServerLog.Detail before = log.detail();
        ServerLog.Detail after = new ServerLog.Detail(
                wanted.quiet().orElse(before.quiet()),
                wanted.debug().orElse(before.debug()),
                wanted.traffic().orElse(before.traffic()));
        if (!after.equals(before)) {
            log.change(after);
            LOG.warn(
                    "{} set the log to debug={}, quiet={}, traffic={}, until the next start",
                    caller.who(),
                    after.debug(),
                    after.quiet(),
                    after.traffic());
        }
        return new NowDetail(after.debug(), after.quiet(), after.traffic() && !after.quiet());
    }
}
