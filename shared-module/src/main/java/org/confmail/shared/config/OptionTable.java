package org.confmail.shared.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every option that config.txt may hold. A new option is a constant in the class of its group, listed in that class's
 * {@code GROUP}; whatever reads, checks, explains or writes config.txt finds it here.
 */
public final class OptionTable {
    private static final int SUGGESTION_DISTANCE_MAX = 2;

    private static final List<OptionGroup> GROUPS = List.of(
            ListeningOptions.GROUP,
            DhtOptions.GROUP,
            StoreOptions.GROUP,
            DeliveryOptions.GROUP,
            AdminOptions.GROUP,
            LogOptions.GROUP);
    private static final List<ConfigOption<?>> ALL =
            GROUPS.stream().flatMap(group -> group.options().stream()).toList();
    private static final Map<String, ConfigOption<?>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ConfigOption::name, Function.identity()));

    private OptionTable() {}

    /** All options by groups, in the order of a new config.txt. */
    public static List<OptionGroup> groups() {
        return GROUPS;
    }

    /** All options, in the order of a new config.txt. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }

    /** The option of exactly this name. */
    public static Optional<ConfigOption<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The name of the option that was probably meant by a misspelt one, if one is near enough. */
    public static Optional<String> nearest(String misspelt) {
        String written = misspelt.toLowerCase(Locale.ROOT).replace('-', '_');
        return BY_NAME.keySet().stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= SUGGESTION_DISTANCE_MAX)
                .map(name -> Map.entry(name, distance(name, written)))
                .filter(near -> near.getValue()
                        <= Math.min(SUGGESTION_DISTANCE_MAX, near.getKey().length() / 2))
                .min(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    /** How many characters must be put in, taken out or replaced to make one text of the other. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
