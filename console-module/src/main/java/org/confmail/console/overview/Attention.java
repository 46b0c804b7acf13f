package org.confmail.console.overview;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Destination;
import org.confmail.console.view.ViewName;
import org.confmail.shared.admin.LogMethods.LogLine;
import org.confmail.shared.admin.ServerMethods.Check;
import org.confmail.shared.admin.ServerMethods.Health;
import org.confmail.shared.admin.ServerMethods.State;
import org.confmail.shared.admin.ServerMethods.Verdict;

/**
 * Something that needs attention.
 *
 * @param failed whether it failed; otherwise it is a warning
 * @param words what it is and what to do
 * @param where the view that has more
 */
record Attention(boolean failed, String words, Destination where) {
    /** An error that is older is for the log view: nobody can do anything about it here. */
    static final Duration ERROR_AGE_MAX = Duration.ofHours(1);

    private static final int ERRORS_MAX = 3;
    /** The first lines of a long error say what it is. */
    private static final int ERROR_CHARACTERS_MAX = 300;
    /** From here on clients are turned away soon. */
    private static final double CONNECTIONS_SHARE = 0.9;

    private static final String PARTNER = "replication";

    /** All there is, failures first; what the last answers of the server hold. */
    static List<Attention> of(Optional<State> state, Optional<Health> health, Instant now) {
        List<Attention> found = new ArrayList<>();
        health.ifPresent(looked -> looked.checks().stream()
                .filter(check -> check.verdict() != Verdict.WELL)
                .map(Attention::of)
                .forEach(found::add));
        state.ifPresent(known -> {
            if (known.connections() >= CONNECTIONS_SHARE * known.connectionsMax()) {
                found.add(new Attention(
                        false,
                        text("overview.attention.connections", known.connections(), known.connectionsMax()),
                        Destination.of(ViewName.CONNECTIONS)));
            }
            found.addAll(errors(known.lastErrors(), now));
        });
        found.sort(Comparator.comparing(attention -> !attention.failed()));
        return List.copyOf(found);
    }

    private static Attention of(Check check) {
        return new Attention(check.verdict() == Verdict.FAILED, sentence(check.text()), destination(check.name()));
    }

    private static List<Attention> errors(List<LogLine> lines, Instant now) {
        List<LogLine> recent = lines.stream()
                .filter(line -> line.time().isAfter(now.minus(ERROR_AGE_MAX)))
                .toList();
        return recent.subList(Math.max(0, recent.size() - ERRORS_MAX), recent.size()).reversed().stream()
                .map(line -> new Attention(
                        false,
                        text("overview.attention.error", Shown.moment(line.time(), now), line.part(), shortened(line)),
                        Destination.of(ViewName.LOG, line.time().toString())))
                .toList();
    }

    private static String shortened(LogLine line) {
        String first = line.text().lines().findFirst().orElse("");
        return first.length() <= ERROR_CHARACTERS_MAX ? first : first.substring(0, ERROR_CHARACTERS_MAX) + " ...";
    }

    private static Destination destination(String check) {
        return switch (check) {
            case "store", "disk" -> Destination.of(ViewName.STORAGE);
            case "certificate" -> Destination.of(ViewName.CERTIFICATES);
            case "settings" -> Destination.of(ViewName.CONFIGURATION);
            case "partner" -> Destination.of(ViewName.QUEUES, PARTNER);
            case "queue", "sender" -> Destination.of(ViewName.QUEUES);
            case "dht" -> Destination.of(ViewName.DHT);
            default -> Destination.of(ViewName.LOG);
        };
    }

    private static String sentence(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
