package org.confmail.shared.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The text of a config.txt, immutable. Everything that is not edited comes out again byte for byte: comments, order, unknown
 * lines, blank lines, line ends, a byte order mark, bytes that are no UTF-8. Knows the syntax only; {@link ConfigValues} knows
 * what the options mean.
 *
 * <p>A line is a comment ({@code #} or {@code ;} in column 1), blank, an entry ({@code name: value}, the name in column 1 and
 * the colon straight behind it, blanks after the colon and at the end do not count), or stray: none of these.
 */
public final class ConfigDocument {
    /** Far more than any real file; what is larger is something else. */
    public static final int BYTES_MAX = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF"; // its three UTF-8 bytes

    private final String mark;
    private final List<ConfigLine> lines;

    private ConfigDocument(String mark, List<ConfigLine> lines) {
        this.mark = mark;
        this.lines = List.copyOf(lines);
        int size = mark.length();
        for (ConfigLine line : lines) {
            size += line.text().length() + line.end().length();
        }
        if (size > BYTES_MAX) {
            throw tooLarge();
        }
    }

    /** The document without any line. */
    public static ConfigDocument empty() {
        return new ConfigDocument("", List.of());
    }

    /**
     * The document that these bytes are.
     *
     * @throws IllegalArgumentException when there are more than {@value #BYTES_MAX}
     */
    public static ConfigDocument parse(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw tooLarge();
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        List<ConfigLine> lines = new ArrayList<>();
        int start = mark.length();
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int next = feed < 0 ? text.length() : feed + 1;
            int end = feed < 0 ? text.length() : feed;
            if (end > start && text.charAt(end - 1) == '\r') {
                end--;
            }
            lines.add(new ConfigLine(text.substring(start, end), text.substring(end, next)));
            start = next;
        }
        return new ConfigDocument(mark, lines);
    }

    /** The document that this text is, in UTF-8; see {@link #parse(byte[])}. */
    public static ConfigDocument parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The document as it stands in a file, in an array of the caller's own. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(mark);
        for (ConfigLine line : lines) {
            text.append(line.text()).append(line.end());
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All entries, in the order of the file. */
    public List<ConfigEntry> entries() {
        return entries(ConfigLine::isEntry);
    }

    /** The entries of one name, in the order of the file; the last one counts unless the option may be repeated. */
    public List<ConfigEntry> entries(String name) {
        return entries(line -> line.isEntry(checkedName(name)));
    }

    /** The numbers, from 1, of the lines that are neither entry nor comment nor blank. */
    public List<Integer> strayLines() {
        return IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).isEntry()
                        && !lines.get(i).isComment()
                        && !lines.get(i).isBlank())
                .mapToObj(i -> i + 1)
                .toList();
    }

    /**
     * Gives the option this value: in its last line, which is the one that counts, or in a new line, which stands below a
     * commented-out line of the same option if there is one, else at the end.
     *
     * @throws IllegalArgumentException when the name or the value can't stand in a line, or the document becomes too large
     */
    public ConfigDocument set(String name, String value) {
        int last = last(line -> line.isEntry(checkedName(name)));
        if (last < 0) {
            return add(name, value);
        }
        if (lines.get(last).value().equals(checkedValue(value))) {
            return this;
        }
        List<ConfigLine> edited = new ArrayList<>(lines);
        edited.set(last, lines.get(last).withValue(value));
        return new ConfigDocument(mark, edited);
    }

    /** Adds a line of an option that may be repeated, below those that it has; otherwise as {@link #set}. */
    public ConfigDocument add(String name, String value) {
        checkedValue(value);
        int last = last(line -> line.isEntry(checkedName(name)));
        if (last < 0) {
            last = last(line -> line.isCommentedEntry(name));
        }
        int before = last < 0 ? lines.size() - 1 : last;
        List<ConfigLine> edited = new ArrayList<>(lines);
        if (before >= 0 && lines.get(before).end().isEmpty()) {
            edited.set(before, lines.get(before).withEnd(lineEnd()));
        }
        edited.add(before + 1, ConfigLine.entry(name, value, lineEnd()));
        return new ConfigDocument(mark, edited);
    }

    /**
     * Gives the entry in this line another value; the blanks after its colon stay.
     *
     * @param line from 1
     * @throws IllegalArgumentException when no entry stands in that line, when the value can't stand in a line, or when the
     *     document becomes too large
     */
    public ConfigDocument setLine(int line, String value) {
        int index = checkedEntry(line);
        if (lines.get(index).value().equals(checkedValue(value))) {
            return this;
        }
        List<ConfigLine> edited = new ArrayList<>(lines);
        edited.set(index, lines.get(index).withValue(value));
        return new ConfigDocument(mark, edited);
    }

    /**
     * Without the entry in this line.
     *
     * @param line from 1
     * @throws IllegalArgumentException when no entry stands in that line
     */
    public ConfigDocument removeLine(int line) {
        List<ConfigLine> edited = new ArrayList<>(lines);
        edited.remove(checkedEntry(line));
        return new ConfigDocument(mark, edited);
    }

    /** Without any line of this option: were one left, it would count. */
    public ConfigDocument remove(String name) {
        checkedName(name);
        return without(line -> line.isEntry(name));
    }

    /** Without the lines that give the option this value; those with other values stay. */
    public ConfigDocument remove(String name, String value) {
        checkedName(name);
        return without(line -> line.isEntry(name) && line.value().equals(value));
    }

    /** With every line of this option turned into a comment. */
    public ConfigDocument commentOut(String name) {
        checkedName(name);
        return new ConfigDocument(
                mark,
                lines.stream()
                        .map(line -> line.isEntry(name) ? line.commentedOut() : line)
                        .toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigDocument document && Arrays.equals(bytes(), document.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    private List<ConfigEntry> entries(Predicate<ConfigLine> wanted) {
        return IntStream.range(0, lines.size())
                .filter(i -> wanted.test(lines.get(i)))
                .mapToObj(i ->
                        new ConfigEntry(i + 1, lines.get(i).name(), lines.get(i).value()))
                .toList();
    }

    private ConfigDocument without(Predicate<ConfigLine> unwanted) {
        return new ConfigDocument(mark, lines.stream().filter(unwanted.negate()).toList());
    }

    private int last(Predicate<ConfigLine> wanted) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (wanted.test(lines.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private String lineEnd() {
        return lines.isEmpty() || lines.getFirst().end().isEmpty()
                ? "\n"
                : lines.getFirst().end();
    }

    private int checkedEntry(int line) {
        if (line < 1 || line > lines.size() || !lines.get(line - 1).isEntry()) {
            throw new IllegalArgumentException("no option stands in line " + line);
        }
        return line - 1;
    }

    private static String checkedName(String name) {
        if (!ConfigLine.isName(name)) {
            throw new IllegalArgumentException("the name of an option consists of letters, digits, _ and -");
        }
        return name;
    }

    private static String checkedValue(String value) {
        if (value.isEmpty() || !value.equals(value.strip()) || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a value is not empty, has no blanks at its ends and no control characters");
        }
        return value;
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("a config.txt has at most " + BYTES_MAX + " bytes");
    }
}
