package org.confmail.server.delivery;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confmail.server.block.PostToLine;

/** The targets that a block names in its Post-To lines. PROTOCOL section 8. */
public final class PostTo {
    /** More recipients' servers than any message of an existing client names; a block is written once for each. */
    public static final int LINES_MAX = 100;

    private PostTo() {}

    /**
     * Why a block with these lines cannot be sent on, or empty where it can.
     *
     * @param lines a text block, or the header of a data block
     */
    public static Optional<String> problem(byte[] lines) {
        List<String> values = PostToLine.values(lines);
        if (values.size() > LINES_MAX) {
            return Optional.of(values.size() + " Post-To lines, allowed are " + LINES_MAX);
        }
        return targets(lines).isEmpty() ? Optional.of("no Post-To line that names a server") : Optional.empty();
    }

    /** The targets, each once, in the order of their lines. Lines that name none are passed over. */
    static Set<Target> targets(byte[] lines) {
        Set<Target> targets = new LinkedHashSet<>();
        for (String value : PostToLine.values(lines)) {
            Target.posted(value).ifPresent(targets::add);
        }
        return targets;
    }

    /** The lines without those Post-To lines that name none of {@code targets}. */
    static byte[] keep(byte[] lines, Set<Target> targets) {
        StringBuilder kept = new StringBuilder(lines.length);
        String text = new String(lines, StandardCharsets.ISO_8859_1);
        int start = 0;
        while (start < text.length()) {
            int newLine = text.indexOf('\n', start);
            int end = newLine < 0 ? text.length() : newLine + 1;
            byte[] line = text.substring(start, newLine < 0 ? end : newLine).getBytes(StandardCharsets.ISO_8859_1);
            if (!PostToLine.matches(line) || targets(line).stream().anyMatch(targets::contains)) {
                kept.append(text, start, end);
            }
            start = end;
        }
        return kept.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
