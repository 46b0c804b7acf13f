package org.confmail.server.admin;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.confmail.server.log.LogLine;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.LogMethods.Level;

/** Which lines a client wants. */
final class LineFilter {
    /** Longer ones are a mistake, and compiling one takes memory. */
    private static final int PATTERN_CHARACTERS_MAX = 1000;

    private LineFilter() {}

    /** Lines of this level and worse whose text is wanted. */
    static Predicate<LogLine> of(Optional<Level> level, Predicate<String> text) {
        Level least = level.orElse(Level.DEBUG);
        return line -> Levels.toShared(line.level()).compareTo(least) >= 0
                && (text.test(line.text()) || text.test(line.part()));
    }

    /**
     * Texts that hold {@code text}, in either case, and in which {@code pattern} finds something, within the bounds of
     * {@link LookedAt}.
     *
     * @throws AdminException when the pattern is none
     */
    static Predicate<String> text(Optional<String> text, Optional<String> pattern) throws AdminException {
        Predicate<String> holds = text.<Predicate<String>>map(wanted -> line -> contains(line, wanted))
                .orElse(line -> true);
        return pattern.isEmpty() ? holds : holds.and(found(pattern.get()));
    }

    private static Predicate<String> found(String pattern) throws AdminException {
        if (pattern.length() > PATTERN_CHARACTERS_MAX) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS, "a pattern may have " + PATTERN_CHARACTERS_MAX + " characters");
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            return line -> finds(compiled, line);
        } catch (PatternSyntaxException e) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS,
                    "the pattern is no regular expression: " + e.getDescription() + " at character " + e.getIndex(),
                    e);
        } catch (StackOverflowError e) {
            throw new AdminException(AdminError.WRONG_PARAMS, "the pattern is too deep", e);
        }
    }

    private static boolean finds(Pattern pattern, String line) {
        try {
            return pattern.matcher(new LookedAt(line)).find();
        } catch (LookedAt.TooOften | StackOverflowError e) {
            return false; // the thread that looks is the client's own, but the processor is everybody's
        }
    }

    private static boolean contains(String line, String wanted) {
        for (int i = 0; i <= line.length() - wanted.length(); i++) {
            if (line.regionMatches(true, i, wanted, 0, wanted.length())) {
                return true;
            }
        }
        return false;
    }
}
