package org.confmail.server.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.event.Level;

/** Reads lines of a log file, as {@link LineFormat} writes them. */
public final class LogLineParser {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT);
    private static final String SHAPE = "0000-00-00 00:00:00,000 ";
    /** So many bytes tell whether an event begins, the line end before it among them. */
    public static final int BEGIN_BYTES = SHAPE.length() + 1;

    private static final int FIELDS = 4; // level, part, thread, message

    private LogLineParser() {}

    /** Whether an event begins there: with a time. A line of a stack trace never does. */
    public static boolean begins(byte[] bytes, int at) {
        if (at + SHAPE.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char expected = SHAPE.charAt(i);
            byte found = bytes[at + i];
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return true;
    }

    /**
     * The event of a line, and of the lines of its stack trace. What is no line of ours becomes the text of one without a
     * time: a log file may be anybody's.
     */
    public static LogLine parse(String text) {
        try {
            Instant time = LocalDateTime.parse(text.substring(0, SHAPE.length() - 1), TIME)
                    .atZone(ZoneId.systemDefault())
                    .toInstant();
            String[] fields = text.substring(SHAPE.length()).split(" ", FIELDS);
            return new LogLine(time, level(fields[0]), fields[1], fields[2], shortened(fields[FIELDS - 1]));
        } catch (DateTimeException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return new LogLine(Instant.EPOCH, Level.INFO, "-", "-", shortened(text));
        }
    }

    private static Level level(String word) {
        return word.equals("WARNING") ? Level.WARN : Level.valueOf(word);
    }

    private static String shortened(String text) {
        return text.length() <= LogLine.CHARACTERS_MAX ? text : text.substring(0, LogLine.CHARACTERS_MAX) + "…";
    }
}
