package org.confmail.shared.config;

/**
 * A text that no log line, error message or list of settings may show: only {@link #reveal} gives it away.
 *
 * @param reveal the text itself
 */
public record Secret(String reveal) {
    /** What stands for a secret wherever one is shown. */
    public static final String SHOWN = "(not shown)";

    @Override
    public String toString() {
        return SHOWN;
    }
}
