package org.confmail.console.configuration;

import java.util.List;
import java.util.Locale;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.ConfigProblem;

/**
 * An option in a draft.
 *
 * @param values the texts of the lines that count, in their order; none where it is absent
 * @param changed whether they differ from what was read
 * @param problems what is wrong with it
 */
record OptionState(ConfigOption<?> option, List<String> values, boolean changed, List<ConfigProblem> problems) {
    OptionState {
        values = List.copyOf(values);
        problems = List.copyOf(problems);
    }

    /** Whether the file sets it. */
    boolean set() {
        return !values.isEmpty();
    }

    /** Whether each word stands in its name or its help. */
    boolean matches(String words) {
        String text =
                (option.name() + " " + option.name().replace('_', ' ') + " " + option.help()).toLowerCase(Locale.ROOT);
        for (String word : words.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** Which options a form shows. */
    enum Kind {
        ALL,
        SET,
        CHANGED,
        WRONG;

        boolean includes(OptionState state) {
            return switch (this) {
                case ALL -> true;
                case SET -> state.set();
                case CHANGED -> state.changed;
                case WRONG -> !state.problems.isEmpty();
            };
        }
    }
}
