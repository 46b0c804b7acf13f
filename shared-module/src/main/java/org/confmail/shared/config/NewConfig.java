package org.confmail.shared.config;

import java.util.Map;
import java.util.Optional;

/** Writes the config.txt of a new home: every option with its explanation, most of them commented out. */
public final class NewConfig {
    private static final int COMMENT_CHARACTERS_MAX = 78;

    private NewConfig() {}

    /**
     * The document for a server with these ports that looks after its store and its log file by itself, and has an administration
     * socket in its home. Every other option stands there as a comment, with its default if it has one, else with an example.
     *
     * @throws IllegalArgumentException when a port is not between 1 and {@value HostPort#PORT_MAX}
     */
    public static ConfigDocument document(int sport, int eport) {
        Map<ConfigOption<?>, String> active = Map.of(
                ListeningOptions.SPORT, Integer.toString(sport),
                DhtOptions.EPORT, Integer.toString(eport),
                StoreOptions.PRUNE_INTERVAL, StoreOptions.PRUNE_INTERVAL.example(),
                StoreOptions.DISK_RESERVE, StoreOptions.DISK_RESERVE.example(),
                AdminOptions.ADMIN_SOCKET, AdminOptions.ADMIN_SOCKET.example(),
                LogOptions.LOG_ROTATE_SIZE, LogOptions.LOG_ROTATE_SIZE.example(),
                LogOptions.LOG_ROTATE_DAYS, LogOptions.LOG_ROTATE_DAYS.example());
        active.forEach((option, text) -> {
            if (option.type().parse(text).isEmpty()) {
                throw new IllegalArgumentException(
                        option + " " + text + "; accepted: " + option.type().accepts());
            }
        });
        StringBuilder text = new StringBuilder();
        comment(
                text,
                "The options of this Confidant Mail server. A line that begins with # is a comment: remove the # in front of"
                        + " an option to set it. An option that is not set has its default.");
        for (OptionGroup group : OptionTable.groups()) {
            text.append("\n\n# ==== ").append(group.title()).append(" ====\n");
            for (ConfigOption<?> option : group.options()) {
                describe(text, option, Optional.ofNullable(active.get(option)));
            }
        }
        return ConfigDocument.parse(text.toString());
    }

    private static void describe(StringBuilder text, ConfigOption<?> option, Optional<String> value) {
        text.append('\n');
        comment(text, option.help());
        comment(text, "Accepted: " + option.type().accepts() + ". " + rules(option));
        text.append(value.isPresent() ? "" : "#")
                .append(option.name())
                .append(": ")
                .append(value.or(option::defaultText).orElse(option.example()))
                .append('\n');
    }

    private static String rules(ConfigOption<?> option) {
        String absent =
                option.defaultText().map(value -> "Default: " + value + ".").orElse("Not set by default.");
        return absent
                + (option.repeatable() ? " May stand on several lines." : "")
                + (option.actsAtOnce() ? "" : " A change acts at the next start.");
    }

    /** Appends {@code sentence} as comment lines, broken between words. */
    private static void comment(StringBuilder text, String sentence) {
        StringBuilder line = new StringBuilder("#");
        for (String word : sentence.split(" ", -1)) {
            if (line.length() > 1 && line.length() + 1 + word.length() > COMMENT_CHARACTERS_MAX) {
                text.append(line).append('\n');
                line.setLength(1);
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }
}
