package org.confmail.console.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text as a text area holds it, and back: a text area knows no carriage return and no control characters, so only the lines
 * that were edited there are taken from it. Lines keep their numbers.
 */
final class ShownText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final char FEED = '\n';
    private static final char DELETE = 0x7F;

    private ShownText() {}

    /** The text without what a text area can't hold. */
    static String of(String text) {
        return lines(text).stream().map(Line::shown).collect(Collectors.joining(String.valueOf(FEED)));
    }

    /** The text with the lines that differ from {@code shown} replaced by those; they get the line ends of the text. */
    static String edited(String text, String shown) {
        List<Line> before = lines(text);
        String lineEnd = before.getFirst().end.isEmpty() ? "\n" : before.getFirst().end;
        List<Line> after = lines(shown);
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).shown().equals(after.get(head).shown())) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail)
                        .shown()
                        .equals(after.get(after.size() - 1 - tail).shown())) {
            tail++;
        }
        List<Line> edited = new ArrayList<>(before.subList(0, head));
        edited.addAll(after.subList(head, after.size() - tail));
        edited.addAll(before.subList(before.size() - tail, before.size()));
        return joined(text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "", edited, head, tail, lineEnd);
    }

    private static String joined(String mark, List<Line> lines, int head, int tail, String lineEnd) {
        StringBuilder text = new StringBuilder(mark);
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            boolean kept = i < head || i >= lines.size() - tail;
            text.append(line.text);
            if (i < lines.size() - 1) {
                text.append(kept && !line.end.isEmpty() ? line.end : lineEnd);
            }
        }
        return text.toString();
    }

    /** The last line has no end; it may be empty. */
    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        int start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
        for (int feed = text.indexOf(FEED, start); feed >= 0; feed = text.indexOf(FEED, start)) {
            int end = feed > start && text.charAt(feed - 1) == '\r' ? feed - 1 : feed;
            lines.add(new Line(text.substring(start, end), text.substring(end, feed + 1)));
            start = feed + 1;
        }
        lines.add(new Line(text.substring(start), ""));
        return lines;
    }

    private record Line(String text, String end) {
        String shown() {
            return text.chars()
                    .filter(c -> c == '\t' || (c >= ' ' && c != DELETE))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }
}
