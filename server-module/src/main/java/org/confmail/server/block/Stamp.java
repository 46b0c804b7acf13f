package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Points in time as the protocol writes them: {@code YYYY-MM-DDTHH:MM:SSZ}, UTC, whole seconds. */
public final class Stamp {
    public static final int LENGTH = 20;

    private static final String SHAPE = "0000-00-00T00:00:00Z";
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Stamp() {}

    /** The instant that {@code text} names, or empty unless it is a stamp of a day and second that exist (no leap seconds). */
    public static Optional<Instant> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        // A character above 255 becomes '?', which no stamp holds.
        return parse(text.getBytes(StandardCharsets.ISO_8859_1), 0, LENGTH);
    }

    static Optional<Instant> parse(byte[] text, int from, int to) {
        if (to - from != LENGTH) {
            return Optional.empty();
        }
        for (int i = 0; i < LENGTH; i++) {
            char shape = SHAPE.charAt(i);
            byte b = text[from + i];
            if (shape == '0' ? b < '0' || b > '9' : b != shape) {
                return Optional.empty();
            }
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        if (year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
            return Optional.empty();
        }
        LocalDate first = LocalDate.of(year, month, 1);
        if (day > first.lengthOfMonth()) {
            return Optional.empty();
        }
        long days = first.toEpochDay() + day - 1;
        return Optional.of(Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second));
    }

    /**
     * Writes an instant; parts of a second are left out.
     *
     * @throws IllegalArgumentException unless it lies in the years 1 to 9999
     */
    public static String format(Instant instant) {
        int year = instant.atOffset(ZoneOffset.UTC).get(ChronoField.YEAR);
        if (year < 1 || year > 9999) {
            throw new IllegalArgumentException("no stamp for " + instant);
        }
        return FORMAT.format(instant);
    }

    private static int number(byte[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
