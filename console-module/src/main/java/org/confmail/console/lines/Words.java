package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What is looked for in lines: a text, in either case, or a regular expression. */
public final class Words {
    /**
     * Characters that an expression may look at in one line, again and again: ordinary ones need a few for each. Others would
     * take longer than anybody waits.
     */
    private static final int STEPS_MAX = 5_000_000;

    private final String written;
    private final Pattern pattern;

    private Words(String written, Pattern pattern) {
        this.written = written;
        this.pattern = pattern;
    }

    /**
     * Understands what was written.
     *
     * @throws WrongExpression when it is no regular expression and should be one
     */
    static Words of(String written, boolean expression) throws WrongExpression {
        try {
            int literally = expression ? 0 : Pattern.LITERAL;
            return new Words(
                    written,
                    Pattern.compile(
                            written, literally | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE));
        } catch (PatternSyntaxException e) {
            String place = e.getIndex() < 0 ? "" : text("lines.expression.place", e.getIndex() + 1);
            throw new WrongExpression(text("lines.expression.wrong", e.getDescription(), place));
        }
    }

    /** As they were written. */
    String written() {
        return written;
    }

    /**
     * Whether the text holds them.
     *
     * @throws WrongExpression when that takes too long to find out
     */
    boolean in(String text) throws WrongExpression {
        try {
            return pattern.matcher(new Watched(text)).find();
        } catch (TooManySteps | StackOverflowError e) {
            throw new WrongExpression(text("lines.expression.slow", written));
        }
    }

    /** Where they stand in a short text; nowhere when that takes too long to find out. */
    List<Range> rangesIn(String text) {
        List<Range> ranges = new ArrayList<>();
        try {
            Matcher matcher = pattern.matcher(new Watched(text));
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    ranges.add(new Range(matcher.start(), matcher.end()));
                }
            }
        } catch (TooManySteps | StackOverflowError e) {
            return List.of();
        }
        return ranges;
    }

    /** A part of a text. */
    record Range(int from, int to) {}

    /** An expression that cannot be used; the message says why. */
    static final class WrongExpression extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        WrongExpression(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        /** In words, for an operator. */
        String reason() {
            return reason;
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }

    /** A text that counts how often it is looked at. */
    private static final class Watched implements CharSequence {
        private final String text;
        private int steps;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > STEPS_MAX) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
