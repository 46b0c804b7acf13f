package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.QueueMethods.TargetState;

/**
 * A target as it stands in the table.
 *
 * @param line what the server tells
 * @param age how long its oldest entry has waited, in words; empty where none waits
 * @param next when it is tried next, in words that count down
 */
record TargetRow(TargetLine line, String age, String next) {
    /** Those first that need a look, then by name. */
    static final Comparator<TargetLine> ORDER =
            Comparator.<TargetLine, Condition>comparing(Condition::of).thenComparing(TargetLine::target);

    /** What an operator calls the state of a target, the worst first. */
    enum Condition {
        FAILING("bad"),
        NO_PARTNER("doubtful"),
        HELD("doubtful"),
        WAITING(""),
        SENDING("good"),
        IDLE("faint");

        private final String style;

        Condition(String style) {
            this.style = style;
        }

        static Condition of(TargetLine line) {
            return switch (line.state()) {
                case HELD -> HELD;
                case NO_PARTNER -> NO_PARTNER;
                case IDLE -> line.failures() > 0 && line.entries() > 0 ? FAILING : IDLE;
                case WAITING -> line.failures() > 0 ? FAILING : WAITING;
                case SENDING -> line.failures() > 0 ? FAILING : SENDING;
            };
        }

        /** What the keys of its texts end with. */
        String key() {
            return name().toLowerCase(Locale.ROOT).replace("_", "");
        }

        /** A style class, or empty. */
        Optional<String> style() {
            return Optional.of(style).filter(found -> !found.isEmpty());
        }
    }

    static TargetRow of(TargetLine line, Instant now) {
        return new TargetRow(
                line,
                line.oldest().map(since -> Shown.duration(passed(since, now))).orElse(""),
                next(line, now));
    }

    String target() {
        return line.target();
    }

    Condition condition() {
        return Condition.of(line);
    }

    /** The state in words; one that is tried again in this moment says so. */
    String state() {
        boolean again = condition() == Condition.FAILING && line.state() == TargetState.SENDING;
        return text("queues.state." + (again ? "trying" : condition().key()));
    }

    private static String next(TargetLine line, Instant now) {
        return switch (line.state()) {
            case HELD -> text("queues.next.held");
            case NO_PARTNER -> text("queues.next.nopartner");
            case SENDING -> text("queues.next.now");
            case IDLE, WAITING ->
                line.nextAttempt()
                        .map(at -> at.isAfter(now)
                                ? text(
                                        "queues.next.in",
                                        Shown.duration(passed(now, at).plusMillis(999)))
                                : text("queues.next.now"))
                        .orElse("");
        };
    }

    /** The clocks of server and console may differ: no time has passed then. */
    private static Duration passed(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return time.isNegative() ? Duration.ZERO : time;
    }
}
