package org.confmail.shared.config;

import java.util.List;

/**
 * Options that belong together, for a reader.
 *
 * @param title a few words
 * @param options in the order in which to show them
 */
public record OptionGroup(String title, List<ConfigOption<?>> options) {
    public OptionGroup {
        options = List.copyOf(options);
    }
}
