package org.confmail.console.text;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, sizes and times as an operator reads them. */
public final class Shown {
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final int UNIT = 1024;
    /** From here on a tenth would be a third digit, or more. */
    private static final double TENTHS_BELOW = 9.95;

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Shown() {}

    /** A whole number, with separators between thousands. */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
    }

    /** A size in the largest unit of which there is one, with three digits at most before the unit changes. */
    public static String bytes(long bytes) {
        if (bytes < UNIT) {
            return bytes + " " + UNITS[0];
        }
        double size = bytes;
        int unit = 0;
        // What would be rounded to 1024 is one of the next unit.
        while (size >= UNIT - 0.5 && unit < UNITS.length - 1) {
            size /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, size < TENTHS_BELOW ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }

    /** A duration in its two largest units, such as {@code 3 h 20 min}. */
    public static String duration(Duration duration) {
        Duration length = duration.abs();
        if (length.toDays() >= 1) {
            return text("duration.days", length.toDays(), length.toHoursPart());
        }
        if (length.toHours() >= 1) {
            return text("duration.hours", length.toHours(), length.toMinutesPart());
        }
        if (length.toMinutes() >= 1) {
            return text("duration.minutes", length.toMinutes(), length.toSecondsPart());
        }
        return text("duration.seconds", length.toSeconds());
    }

    /** Words that end as a sentence does, so that another one can follow. */
    public static String sentence(String words) {
        String said = words.stripTrailing();
        return said.isEmpty() || ".!?".indexOf(said.charAt(said.length() - 1)) >= 0 ? said : said + ".";
    }

    /** A moment, with its day, in the time zone of this machine. */
    public static String moment(Instant moment) {
        return DAY_AND_TIME.format(moment.atZone(ZoneId.systemDefault()));
    }

    /** A moment of today, or with its day where it was another. */
    public static String moment(Instant moment, Instant now) {
        ZoneId zone = ZoneId.systemDefault();
        boolean today =
                moment.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return today ? TIME.format(moment.atZone(zone)) : moment(moment);
    }

    /** The day of a moment. */
    public static String day(Instant moment) {
        return DAY.format(moment.atZone(ZoneId.systemDefault()));
    }
}
