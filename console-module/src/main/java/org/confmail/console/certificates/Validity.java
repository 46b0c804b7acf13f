package org.confmail.console.certificates;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.time.Instant;
import org.confmail.console.text.Shown;

/**
 * How long a certificate is still valid.
 *
 * @param verdict whether it is time to do something
 * @param words the same in words
 * @param used how much of its time is over, from 0 to 1
 */
record Validity(Verdict verdict, String words, double used) {
    /** Time enough to agree with a partner on the new digest. */
    private static final Duration SOON = Duration.ofDays(30);

    static Validity of(Instant from, Instant until, Instant now) {
        double whole = Math.max(1, Duration.between(from, until).toSeconds());
        double used = Math.clamp(Duration.between(from, now).toSeconds() / whole, 0, 1);
        Duration left = Duration.between(now, until);
        if (now.isBefore(from)) {
            return new Validity(Verdict.BAD, text("certificates.notyet", Shown.moment(from)), used);
        }
        if (left.isNegative()) {
            return new Validity(
                    Verdict.BAD, text("certificates.expired", left.abs().toDays(), Shown.day(until), days(left)), used);
        }
        boolean soon = left.compareTo(SOON) < 0;
        return new Validity(
                soon ? Verdict.DOUBTFUL : Verdict.GOOD,
                text(soon ? "certificates.soon" : "certificates.valid", left.toDays(), Shown.day(until), days(left)),
                used);
    }

    private static String days(Duration left) {
        return Shown.number(left.abs().toDays());
    }

    enum Verdict {
        GOOD("good"),
        DOUBTFUL("doubtful"),
        BAD("bad");

        private final String style;

        Verdict(String style) {
            this.style = style;
        }

        String style() {
            return style;
        }
    }
}
