package org.confmail.server.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form of a log line: {@code YYYY-MM-DD HH:MM:SS,mmm LEVEL name thread message}, which programs of operators parse (PROTOCOL
 * section 12). A message is always one line; stack traces follow it on lines of their own.
 */
final class LineFormat {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;
    private volatile Second latest;

    LineFormat(ZoneId zone) {
        this.zone = zone;
        this.latest = second(0);
    }

    /** The bytes of one event, with the line's end. */
    byte[] bytes(Instant time, String level, String logger, @Nullable String thread, String message, Trace trace) {
        StringBuilder line = new StringBuilder(96 + message.length());
        appendTime(time, line);
        line.append(' ').append(level).append(' ');
        field(logger, line);
        line.append(' ');
        field(thread, line);
        line.append(' ');
        LogText.oneLine(message, line);
        line.append('\n');
        trace.append(line);
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void appendTime(Instant time, StringBuilder line) {
        Second second = latest;
        if (second.epoch != time.getEpochSecond()) {
            second = second(time.getEpochSecond());
            latest = second;
        }
        int millis = time.getNano() / 1_000_000;
        line.append(second.text).append(',');
        line.append((char) ('0' + millis / 100))
                .append((char) ('0' + millis / 10 % 10))
                .append((char) ('0' + millis % 10));
    }

    private Second second(long epoch) {
        return new Second(epoch, SECOND.format(Instant.ofEpochSecond(epoch).atZone(zone)));
    }

    /** A field has no blanks and is never empty (virtual threads may have no name), so that the message is the sixth. */
    private static void field(@Nullable String text, StringBuilder line) {
        if (text == null || text.isEmpty()) {
            line.append('-');
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(c > ' ' && c <= '~' ? c : '_');
        }
    }

    /** What follows the line of an event. */
    interface Trace {
        Trace NONE = line -> {};

        void append(StringBuilder lines);
    }

    /** Many events share a second, and formatting a date costs more than the rest of a line. */
    private record Second(long epoch, String text) {}
}
