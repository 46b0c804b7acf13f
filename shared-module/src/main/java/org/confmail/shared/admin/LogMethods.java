package org.confmail.shared.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.confmail.shared.admin.AdminEvent.Subscribed;

/** The log and the traffic: what happened at three o'clock, what is it saying right now? */
public final class LogMethods {
    /** Lines of one answer. */
    public static final int PAGE_LINES_MAX = 1000;

    public static final AdminMethod<Page, Lines> PAGE = AdminMethod.of(
            "log.page",
            new Page(
                    Optional.of(Instant.parse("2026-11-22T15:00:00Z")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Level.WARNING),
                    Optional.empty(),
                    Optional.of(100)),
            Lines.class,
            "Lines of the log file, and of the old ones beside it: from a time on, or older or newer ones than a page that was given before; without either"
                    + " the newest. A page may have fewer lines than asked for, or none, and still name the next one: a"
                    + " request looks at a few MiB only.");

    public static final AdminMethod<Recent, RecentLines> RECENT = AdminMethod.of(
            "log.recent",
            new Recent(Optional.of(Level.WARNING), Optional.empty(), Optional.of(100)),
            RecentLines.class,
            "The newest lines, from memory; also of a server without a log file.");

    public static final AdminMethod<Follow, Subscribed> FOLLOW = AdminMethod.of(
            "log.follow",
            new Follow(Optional.of(Level.INFO), Optional.of("store"), Optional.empty(), Optional.of(10)),
            Subscribed.class,
            "Subscribes to the lines of the log as they are written.");

    public static final AdminMethod<Detail, NowDetail> DETAIL = AdminMethod.of(
            "log.detail",
            new Detail(Optional.of(true), Optional.empty(), Optional.empty()),
            NowDetail.class,
            "Changes how much is logged, until the next start; what is left away stays. Without parameters: tells it.");

    public static final AdminMethod<FollowTraffic, Subscribed> FOLLOW_TRAFFIC = AdminMethod.of(
            "traffic.follow",
            new FollowTraffic(Optional.of(7L), Optional.empty(), Optional.empty()),
            Subscribed.class,
            "Subscribes to the lines of the protocol, of all connections or of one, whether they are logged or not. Auth"
                    + " keys and data do not show.");

    public static final AdminEvent<LogLines> LOG_LINES =
            new AdminEvent<>("log.lines", LogLines.class, "New lines of the log, for who called log.follow.");

    public static final AdminEvent<TrafficLines> TRAFFIC_LINES = new AdminEvent<>(
            "traffic.lines", TrafficLines.class, "New lines of the protocol, for who called traffic.follow.");

    private LogMethods() {}

    /** How bad a line is, the least first. */
    public enum Level {
        DEBUG,
        INFO,
        WARNING,
        ERROR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A line of the log, with the lines of its stack trace. */
    public record LogLine(
            @Doc("when") Instant time,
            @Doc("how bad it is") Level level,
            @Doc("the part of the server that speaks") String part,
            @Doc("the thread") String thread,

            @Doc("what it says; a stack trace follows on lines of its own")
            String text) {}

    /** Parameters of {@link #PAGE}. */
    public record Page(
            @Doc("the first line at or after this time, and what follows")
            Optional<Instant> from,

            @Doc("what older of a page holds: the lines before it")
            Optional<String> older,

            @Doc("what newer of a page holds: the lines behind it")
            Optional<String> newer,

            @Doc("only lines of this level and worse") Optional<Level> level,

            @Doc("only lines that hold this text, in either case")
            Optional<String> text,

            @Doc("how many lines at most, up to 1000; 100 where it is left away")
            Optional<Integer> limit) {}

    /** Result of {@link #PAGE}. */
    public record Lines(
            @Doc("the file that the log goes to now") String file,
            @Doc("in the order of the files") List<LogLine> lines,

            @Doc("names the page before; absent at the beginning of the oldest file")
            Optional<String> older,

            @Doc("names the page behind, also where there is nothing yet")
            String newer) {}

    /** Parameters of {@link #RECENT}. */
    public record Recent(
            @Doc("only lines of this level and worse") Optional<Level> level,

            @Doc("only lines that hold this text, in either case")
            Optional<String> text,

            @Doc("how many lines at most, up to 1000; 100 where it is left away")
            Optional<Integer> limit) {}

    /** Result of {@link #RECENT}. */
    public record RecentLines(@Doc("the newest last") List<LogLine> lines) {}

    /** Parameters of {@link #FOLLOW}. */
    public record Follow(
            @Doc("only lines of this level and worse") Optional<Level> level,

            @Doc("only lines that hold this text, in either case")
            Optional<String> text,

            @Doc("only lines in which this regular expression finds something")
            Optional<String> pattern,

            @Doc("begin with that many lines from memory, up to 1000")
            Optional<Integer> recent) {}

    /** Parameters of {@link #DETAIL}. */
    public record Detail(
            @Doc("debug lines too (-debug)") Optional<Boolean> debug,

            @Doc("no opened and closed connections (-quiet)")
            Optional<Boolean> quiet,

            @Doc("every line of the protocol (-logtraffic); not with quiet")
            Optional<Boolean> traffic) {}

    /** Result of {@link #DETAIL}. */
    public record NowDetail(
            @Doc("debug lines too") boolean debug,
            @Doc("no opened and closed connections") boolean quiet,
            @Doc("every line of the protocol") boolean traffic) {}

    /** Parameters of {@link #FOLLOW_TRAFFIC}. */
    public record FollowTraffic(
            @Doc("only this connection; 0 = the sessions that this server opens to others")
            Optional<Long> connection,

            @Doc("only lines that hold this text, in either case")
            Optional<String> text,

            @Doc("only lines in which this regular expression finds something")
            Optional<String> pattern) {}

    /** A line of the protocol. */
    public record TrafficLine(
            @Doc("when") Instant time,

            @Doc("the client's connection; 0 = a session that this server opened")
            long connection,

            @Doc("in = from the other side, out = to it, event = what happens beside the lines")
            Direction direction,

            @Doc("without secrets, escaped and shortened") String text) {}

    /** Which way a line goes. */
    public enum Direction {
        IN,
        OUT,
        EVENT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Parameters of {@link #LOG_LINES}. */
    public record LogLines(
            @Doc("the subscription") long subscription,

            @Doc("how many lines before these were lost, because the client is slow; filters did not look at them")
            long lost,

            @Doc("the lines") List<LogLine> lines) {}

    /** Parameters of {@link #TRAFFIC_LINES}. */
    public record TrafficLines(
            @Doc("the subscription") long subscription,

            @Doc("how many lines before these were lost, because the client is slow; filters did not look at them")
            long lost,

            @Doc("the lines") List<TrafficLine> lines) {}
}
