package org.confmail.shared.config;

import java.util.Locale;

/** Text from a file, made fit for one line of a message. */
final class Shown {
    private static final int CHARACTERS_MAX = 80;

    private Shown() {}

    /** {@code text} without control characters, and cut after {@value #CHARACTERS_MAX} characters. */
    static String text(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), CHARACTERS_MAX); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return text.length() > CHARACTERS_MAX ? shown.append("…").toString() : shown.toString();
    }
}
