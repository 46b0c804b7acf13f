package org.confmail.console.lines;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Lines as text. */
public final class LineText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT);

    private LineText() {}

    /** A time as the log writes it: in the time zone of this machine, with milliseconds. */
    public static String time(Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    /** A line as the log file has it. */
    public static String log(Line line) {
        return "%s %s %s %s %s"
                .formatted(
                        time(line.time()), line.mark().name(), field(line.source()), field(line.thread()), line.text());
    }

    /** A line of traffic: time, connection, direction, text. */
    public static String traffic(Line line) {
        String connection =
                line.connection().isPresent() ? "" + line.connection().getAsLong() : "-";
        return "%s %s %s %s"
                .formatted(time(line.time()), connection, line.mark().name().toLowerCase(Locale.ROOT), line.text());
    }

    private static String field(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
