package org.confmail.shared.config;

import java.util.Optional;

/**
 * One option of config.txt.
 *
 * @param name exact in case
 * @param type what it accepts
 * @param defaultText what counts where the option is absent, as config.txt would write it; empty = not set
 * @param repeatable whether each of its lines counts; otherwise only the last one does
 * @param tolerant whether a wrong value is a warning and {@link #consequence} applies (so it was with the old server, and a
 *     config.txt with which that one started must start ours), instead of an error that stops the start
 * @param restartReason why a change waits for the next start; empty = it acts as soon as the file is read again
 * @param example a value that could stand there
 * @param help what it does, for an operator, in one paragraph
 * @param <T> the type of its values
 */
public record ConfigOption<T>(
        String name,
        OptionType<T> type,
        Optional<String> defaultText,
        boolean repeatable,
        boolean tolerant,
        Optional<String> restartReason,
        String example,
        String help) {

    /** @throws IllegalArgumentException when the name is none, or the default or the example is not accepted by the type */
    public ConfigOption {
        if (!ConfigLine.isName(name)) {
            throw new IllegalArgumentException("not a name for an option: " + name);
        }
        if (type.parse(example).isEmpty() || defaultText.flatMap(type::parse).isPresent() != defaultText.isPresent()) {
            throw new IllegalArgumentException(name + ": default or example is not accepted by its own type");
        }
    }

    /** An option that is not set unless the file sets it, counts once, refuses wrong values and acts at once. */
    static <T> ConfigOption<T> of(String name, OptionType<T> type, String example, String help) {
        return new ConfigOption<>(
                name,
                type,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                example,
                help.strip().replace('\n', ' '));
    }

    ConfigOption<T> defaultingTo(String text) {
        return new ConfigOption<>(name, type, Optional.of(text), repeatable, tolerant, restartReason, example, help);
    }

    ConfigOption<T> onSeveralLines() {
        return new ConfigOption<>(name, type, defaultText, true, tolerant, restartReason, example, help);
    }

    ConfigOption<T> toleratingWrongValues() {
        return new ConfigOption<>(name, type, defaultText, repeatable, true, restartReason, example, help);
    }

    ConfigOption<T> atRestart(String reason) {
        return new ConfigOption<>(name, type, defaultText, repeatable, tolerant, Optional.of(reason), example, help);
    }

    /** Whether a change acts as soon as the file is read again, without a restart. */
    public boolean actsAtOnce() {
        return restartReason.isEmpty();
    }

    /** Whether values must never be shown. */
    public boolean secret() {
        return type.secret();
    }

    /** What counts where the option is absent. */
    public Optional<T> defaultValue() {
        return defaultText.flatMap(type::parse);
    }

    /** The value that a line with this text sets: what it spells, or what a tolerant option takes in its place. */
    Optional<T> valueOf(String text) {
        return type.parse(text).or(type::inPlaceOfWrong).or(this::defaultValue);
    }

    /** What a wrong value leads to, as a sentence for an operator. */
    String consequence() {
        if (!tolerant) {
            return "The server does not take this file.";
        }
        if (type.inPlaceOfWrong().isPresent()) {
            return "Until this is corrected, nothing matches.";
        }
        return defaultText
                .map(text -> "The default stays in effect: " + text + ".")
                .orElse("The option counts as not set.");
    }

    @Override
    public String toString() {
        return name;
    }
}
