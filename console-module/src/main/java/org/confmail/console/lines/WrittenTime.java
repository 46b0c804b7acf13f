package org.confmail.console.lines;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: 15:00, 15:00:30, 11-22 15:00, 2026-11-22 15:00, 2026-11-22, 2026-11-22T15:00:00Z. */
final class WrittenTime {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?:(\\d{4})-)?(\\d{1,2})-(\\d{1,2}))?[ T]*(?:(\\d{1,2})[:.h](\\d{2})?(?::(\\d{2}))?(?:[,.]\\d{1,9})?)?");

    private WrittenTime() {}

    /** The moment that is meant: where day or year is left away the last one of that name that is not in the future. */
    static Optional<Instant> parse(String written, Instant now, ZoneId zone) {
        String text = written.strip();
        try {
            if (text.endsWith("Z")) {
                return Optional.of(Instant.parse(text));
            }
            Matcher form = FORM.matcher(text);
            if (text.isEmpty() || !form.matches()) {
                return Optional.empty();
            }
            return Optional.of(moment(form, now.atZone(zone)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant moment(Matcher form, ZonedDateTime now) {
        LocalTime time = LocalTime.of(number(form, 4, 0), number(form, 5, 0), number(form, 6, 0));
        boolean hasDay = form.group(2) != null;
        LocalDate day = hasDay
                ? LocalDate.of(number(form, 1, now.getYear()), number(form, 2, 1), number(form, 3, 1))
                : now.toLocalDate();
        ZonedDateTime moment = LocalDateTime.of(day, time).atZone(now.getZone());
        if (moment.isAfter(now)) {
            if (!hasDay) {
                moment = moment.minusDays(1);
            } else if (form.group(1) == null) {
                moment = moment.minusYears(1);
            }
        }
        return moment.toInstant();
    }

    private static int number(Matcher form, int group, int absent) {
        return form.group(group) == null ? absent : Integer.parseInt(form.group(group));
    }
}
