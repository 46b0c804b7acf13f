package org.confmail.shared.config;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What differs between two texts of a config.txt, for people; and what becomes of two that were made from the same one. */
public final class ConfigDiff {
    private ConfigDiff() {}

    /**
     * The lines in which two documents differ, and those around them, with '-', '+' or a blank in front, as {@code diff -u}
     * writes them; {@code @@} stands for lines left out. Secrets do not show.
     *
     * @param charset in which the documents read well
     */
    public static List<String> lines(ConfigDocument before, ConfigDocument after, Charset charset) {
        return TextDiff.of(
                        new String(before.bytes(), charset).lines().toList(),
                        new String(after.bytes(), charset).lines().toList())
                .stream()
                .map(ConfigDiff::withoutSecret)
                .toList();
    }

    /** The value that a document gives an option, for people: empty where it sets none, several with commas, no secret. */
    public static String shown(ConfigOption<?> option, ConfigDocument document) {
        List<ConfigEntry> entries = document.entries(option.name());
        if (entries.isEmpty()) {
            return "";
        }
        if (option.secret()) {
            return Secret.SHOWN;
        }
        return option.repeatable()
                ? entries.stream().map(ConfigEntry::value).collect(Collectors.joining(", "))
                : entries.getLast().value();
    }

    /**
     * Puts the changes that two people made to the same document together.
     *
     * @param base what both began with
     * @param mine what one made of it: where both changed the same lines, these stand
     * @param theirs what the other one made of it
     * @throws IllegalArgumentException when the document becomes too large
     */
    public static Merged merge(ConfigDocument base, ConfigDocument mine, ConfigDocument theirs) {
        TextMerge merge = new TextMerge(lines(base), lines(mine), lines(theirs));
        return new Merged(document(merge.lines()), merge.overlaps());
    }

    /**
     * A document made of two.
     *
     * @param overlaps in how many places both changed the same lines in different ways
     */
    public record Merged(ConfigDocument document, int overlaps) {}

    /** Lines with their ends, a character for each byte. */
    private static List<String> lines(ConfigDocument document) {
        String text = new String(document.bytes(), StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    /** A line that was the last one may have no end, and stand in the middle now. */
    private static ConfigDocument document(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
            text.append(line);
        }
        return ConfigDocument.parse(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A commented-out line may hold a key that is in use elsewhere. */
    private static String withoutSecret(String line) {
        for (ConfigOption<?> option : OptionTable.all()) {
            int name = option.secret() ? line.indexOf(option.name() + ":") : -1;
            if (name >= 0) {
                return line.substring(0, name) + option.name() + ": " + Secret.SHOWN;
            }
        }
        return line;
    }
}
