package org.confmail.shared.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a document means to the server: the value of each option in {@link OptionTable}, and every problem found, all at once.
 * Immutable.
 */
public final class ConfigValues {
    /** What a server does that finds nothing in its config.txt. */
    public static final ConfigValues DEFAULTS = of(ConfigDocument.empty());

    /** The lines of each option that is set; only the lines that count. */
    private final Map<String, List<ConfigEntry>> entries;

    private final List<ConfigProblem> problems;

    private ConfigValues(Map<String, List<ConfigEntry>> entries, List<ConfigProblem> problems) {
        this.entries = Map.copyOf(entries);
        this.problems = List.copyOf(problems);
    }

    /** Reads all options of the document. */
    public static ConfigValues of(ConfigDocument document) {
        Map<String, List<ConfigEntry>> entries = new HashMap<>();
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConfigEntry entry : document.entries()) {
            Optional<ConfigOption<?>> option = OptionTable.find(entry.name());
            if (option.isEmpty()) {
                problems.add(
                        new ConfigProblem.UnknownOption(entry.line(), entry.name(), OptionTable.nearest(entry.name())));
                continue;
            }
            List<ConfigEntry> lines = entries.computeIfAbsent(entry.name(), name -> new ArrayList<>());
            if (!option.get().repeatable() && !lines.isEmpty()) {
                ConfigEntry overruled = lines.removeLast();
                problems.add(new ConfigProblem.RepeatedOption(overruled.line(), option.get(), entry.line()));
            }
            lines.add(entry);
        }
        for (int line : document.strayLines()) {
            problems.add(new ConfigProblem.StrayLine(line));
        }
        for (ConfigOption<?> option : OptionTable.all()) {
            for (ConfigEntry entry : entries.getOrDefault(option.name(), List.of())) {
                if (option.type().parse(entry.value()).isEmpty()) {
                    problems.add(ConfigProblem.WrongValue.of(entry, option));
                }
            }
        }
        problems.addAll(Combinations.check(new ConfigValues(entries, List.of())));
        // A repeated option names the line that counts, which comes later: sorted, problems read from top to bottom.
        problems.sort(Comparator.comparingInt(ConfigProblem::line));
        return new ConfigValues(entries, problems);
    }

    /** Everything that is wrong, in the order of lines. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** Whether the server must not take this document. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR);
    }

    /**
     * The value of an option that counts once: set, or the default; empty when there is neither. Where the value set is wrong,
     * what takes its place.
     */
    public <T> Optional<T> find(ConfigOption<T> option) {
        List<ConfigEntry> lines = lines(option);
        return lines.isEmpty()
                ? option.defaultValue()
                : option.valueOf(lines.getLast().value());
    }

    /**
     * The value of an option that has a default.
     *
     * @throws IllegalArgumentException when it has none
     */
    public <T> T value(ConfigOption<T> option) {
        return find(option).orElseThrow(() -> new IllegalArgumentException(option.name() + " has no default"));
    }

    /** The values of an option that may be repeated, in the order of lines, without wrong ones. */
    public <T> List<T> all(ConfigOption<T> option) {
        return lines(option).stream()
                .flatMap(entry -> option.type().parse(entry.value()).stream())
                .toList();
    }

    /** The options whose values here differ from those there, in the order of the table; other spellings are no difference. */
    public List<ConfigOption<?>> changedSince(ConfigValues before) {
        List<ConfigOption<?>> changed = new ArrayList<>();
        for (ConfigOption<?> option : OptionTable.all()) {
            if (differs(option, before)) {
                changed.add(option);
            }
        }
        return changed;
    }

    /**
     * These values, but for options that act at the next start those of {@code started}: what is in effect when a server that
     * was started with those has read these. The problems are these values' own.
     */
    public ConfigValues inEffectAfter(ConfigValues started) {
        Map<String, List<ConfigEntry>> merged = new HashMap<>();
        for (ConfigOption<?> option : OptionTable.all()) {
            List<ConfigEntry> lines = (option.actsAtOnce() ? this : started).lines(option);
            if (!lines.isEmpty()) {
                merged.put(option.name(), lines);
            }
        }
        return new ConfigValues(merged, problems);
    }

    /** The lines that count for an option. */
    List<ConfigEntry> lines(ConfigOption<?> option) {
        return entries.getOrDefault(option.name(), List.of());
    }

    private boolean differs(ConfigOption<?> option, ConfigValues before) {
        return option.repeatable()
                ? !all(option).equals(before.all(option))
                : !find(option).equals(before.find(option));
    }
}
