package org.confmail.console.log;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.Mark;

/** Lines as they stand in the log file: {@code YYYY-MM-DD HH:MM:SS,mmm LEVEL name thread message} (PROTOCOL section 12). */
final class FileLine {
    private static final String SHAPE = "dddd-dd-dd dd:dd:dd,ddd ";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS", Locale.ROOT);

    /** As much of a message as the server tells too; the rest is cut off. */
    private static final int CHARACTERS_MAX = 8192;

    /** Enough for that many characters, and for what stands before the message. */
    private static final int BYTES_MAX = 4 * CHARACTERS_MAX + 1024;

    private FileLine() {}

    /** Whether a line of the log begins there, and not one of a stack trace. */
    static boolean begins(byte[] bytes, int at) {
        if (at + SHAPE.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            byte found = bytes[at + i];
            char wanted = SHAPE.charAt(i);
            boolean fits = wanted == 'd' ? found >= '0' && found <= '9' : found == wanted;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** The text of these bytes, as far as it is told. */
    static String text(byte[] bytes, int begin, int behind) {
        int told = Math.min(behind - begin, BYTES_MAX);
        return new String(bytes, begin, told, StandardCharsets.UTF_8);
    }

    /** A line with its stack trace. What is no line of a log is told as it stands, without a time. */
    static Line parse(String text, ZoneId zone) {
        String[] fields = text.split(" ", 6);
        try {
            Instant time = LocalDateTime.parse(fields[0] + " " + fields[1], TIME)
                    .atZone(zone)
                    .toInstant();
            return LogLines.line(time, level(fields[2]), fields[3], fields[4], shortened(fields[5]));
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            return LogLines.line(Instant.EPOCH, Mark.INFO, "-", "-", shortened(text));
        }
    }

    private static Mark level(String word) {
        return switch (word) {
            case "ERROR", "CRITICAL", "FATAL" -> Mark.ERROR;
            case "WARNING", "WARN" -> Mark.WARNING;
            case "DEBUG", "TRACE" -> Mark.DEBUG;
            default -> Mark.INFO;
        };
    }

    private static String shortened(String text) {
        return text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "…";
    }
}
