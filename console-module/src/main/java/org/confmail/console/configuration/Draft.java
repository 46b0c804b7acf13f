package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.confmail.shared.config.ConfigDiff;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigEntry;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigValues;
import org.confmail.shared.config.OptionType;

/**
 * config.txt while it is edited, as options or as text: what was read, what was made of it, and what is wrong with that. All
 * that is not edited stays as it is in the file. Belongs to the thread of the window.
 */
final class Draft {
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
    private Optional<Loaded> base = Optional.empty();
    private ConfigDocument document = ConfigDocument.empty();
    private ConfigValues values = ConfigValues.DEFAULTS;

    /** Another number after each change of anything here. */
    ReadOnlyLongProperty revision() {
        return revision.getReadOnlyProperty();
    }

    /** What was read; empty before that. */
    Optional<Loaded> base() {
        return base;
    }

    /** As edited. */
    ConfigDocument document() {
        return document;
    }

    /** Whether there is something to save. */
    boolean edited() {
        return base.filter(read -> !read.document().equals(document)).isPresent();
    }

    /** Everything that is wrong, in the order of lines. */
    List<ConfigProblem> problems() {
        return values.problems();
    }

    /** Whether it can't be saved. */
    boolean hasErrors() {
        return values.hasErrors();
    }

    /** Begins with what was read; edits are forgotten. */
    void begin(Loaded read) {
        base = Optional.of(read);
        change(read.document());
    }

    /** What was edited stays, and counts as edits of this. */
    void rebase(Loaded read) {
        base = Optional.of(read);
        change(document);
    }

    /**
     * Puts the edits onto what somebody else made of the file.
     *
     * @return in how many places both changed the same lines, where the edits stand now
     * @throws IllegalArgumentException when the document becomes too large
     */
    int merge(Loaded newer) {
        ConfigDocument before = base.map(Loaded::document).orElse(newer.document());
        ConfigDiff.Merged merged = ConfigDiff.merge(before, document, newer.document());
        base = Optional.of(newer);
        change(merged.document());
        return merged.overlaps();
    }

    /** Forgets the edits. */
    void discard() {
        base.ifPresent(this::begin);
    }

    /** The draft as a text area shows it. */
    String shownText() {
        return base.map(read -> ShownText.of(new String(document.bytes(), read.charset())))
                .orElse("");
    }

    /** Why a text that was typed can't become the draft, if it can't. */
    Optional<String> refusal(String shown) {
        if (base.isEmpty()) {
            return Optional.of(text("configuration.unread"));
        }
        if (!base.get().charset().newEncoder().canEncode(shown)) {
            return Optional.of(
                    text("configuration.charset", base.get().charset().displayName()));
        }
        // Line ends count twice, at worst.
        boolean large =
                shown.getBytes(base.get().charset()).length + shown.lines().count() > ConfigDocument.BYTES_MAX;
        return large ? Optional.of(text("configuration.large", ConfigDocument.BYTES_MAX)) : Optional.empty();
    }

    /** Takes an edited text, which was not refused; lines that were not edited stay byte for byte. */
    void editText(String shown) {
        base.ifPresent(read -> {
            String before = new String(document.bytes(), read.charset());
            change(ConfigDocument.parse(ShownText.edited(before, shown).getBytes(read.charset())));
        });
    }

    /** How an option stands. */
    OptionState state(ConfigOption<?> option) {
        List<String> now = values(option, document);
        return new OptionState(
                option,
                now,
                base.filter(read -> !values(option, read.document()).equals(now))
                        .isPresent(),
                problems().stream()
                        .filter(problem ->
                                problem.name().filter(option.name()::equals).isPresent())
                        .toList());
    }

    /**
     * Gives an option these values: as its lines, or as the parts of its one line. Blank ones do not count; without any the
     * option is absent.
     */
    void set(ConfigOption<?> option, List<String> texts) {
        List<String> wanted = texts.stream()
                .map(Draft::clean)
                .filter(value -> !value.isEmpty())
                .toList();
        if (wanted.isEmpty()) {
            edit(before -> before.remove(option.name()));
        } else if (option.repeatable()) {
            edit(before -> withLines(before, option.name(), wanted));
        } else {
            String value = option.type() instanceof OptionType.Delays
                    ? wanted.stream().collect(Collectors.joining(","))
                    : wanted.getFirst();
            edit(before -> before.set(option.name(), value));
        }
    }

    private static List<String> values(ConfigOption<?> option, ConfigDocument document) {
        List<String> lines =
                document.entries(option.name()).stream().map(ConfigEntry::value).toList();
        if (option.repeatable() || lines.isEmpty()) {
            return lines;
        }
        String counting = lines.getLast();
        return option.type() instanceof OptionType.Delays
                ? Arrays.stream(counting.split(",", -1)).map(String::strip).toList()
                : List.of(counting);
    }

    /** Lines with the same value at the beginning and at the end of the list stay where they are. */
    private static ConfigDocument withLines(ConfigDocument document, String name, List<String> wanted) {
        List<ConfigEntry> lines = document.entries(name);
        if (wanted.size() >= lines.size()) {
            ConfigDocument edited = document;
            for (int i = 0; i < wanted.size(); i++) {
                edited = i < lines.size()
                        ? edited.setLine(lines.get(i).line(), wanted.get(i))
                        : edited.add(name, wanted.get(i));
            }
            return edited;
        }
        int head = 0;
        while (head < wanted.size() && lines.get(head).value().equals(wanted.get(head))) {
            head++;
        }
        int surplus = lines.size() - wanted.size();
        ConfigDocument edited = document;
        for (int i = lines.size() - 1; i >= head; i--) {
            edited = i < head + surplus
                    ? edited.removeLine(lines.get(i).line())
                    : edited.setLine(lines.get(i).line(), wanted.get(i - surplus));
        }
        return edited;
    }

    private void edit(UnaryOperator<ConfigDocument> edit) {
        if (base.isEmpty()) {
            return;
        }
        ConfigDocument edited;
        try {
            edited = edit.apply(document);
        } catch (IllegalArgumentException e) {
            edited = document; // too large: the fields show again what stands there
        }
        change(edited);
    }

    private void change(ConfigDocument edited) {
        document = edited;
        values = ConfigValues.of(edited);
        revision.set(revision.get() + 1);
    }

    /** What can stand in a line: fields take what is pasted. */
    private static String clean(String value) {
        return value.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
