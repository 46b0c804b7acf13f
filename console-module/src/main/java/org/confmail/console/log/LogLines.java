package org.confmail.console.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.Mark;
import org.confmail.shared.admin.LogMethods.LogLine;

/** Makes lines of what the server tells, and of its file. */
final class LogLines {
    /** The server's threads of connections, and its words for them. */
    private static final Pattern THREAD = Pattern.compile("connection-(\\d{1,18})");

    private static final Pattern WORDS = Pattern.compile("\\b[Cc]onnection (?:# )?(\\d{1,18})\\b");
    private static final int CHARACTERS_SEARCHED = 200;

    private LogLines() {}

    static Line line(LogLine line) {
        Mark mark = switch (line.level()) {
            case DEBUG -> Mark.DEBUG;
            case INFO -> Mark.INFO;
            case WARNING -> Mark.WARNING;
            case ERROR -> Mark.ERROR;
        };
        return line(line.time(), mark, line.part(), line.thread(), line.text());
    }

    static Line line(Instant time, Mark mark, String part, String thread, String text) {
        return new Line(time.truncatedTo(ChronoUnit.MILLIS), mark, part, thread, connection(thread, text), text);
    }

    private static OptionalLong connection(String thread, String text) {
        Matcher ofThread = THREAD.matcher(thread);
        if (ofThread.matches()) {
            return OptionalLong.of(Long.parseLong(ofThread.group(1)));
        }
        Matcher inText = WORDS.matcher(text).region(0, Math.min(text.length(), CHARACTERS_SEARCHED));
        return inText.find() ? OptionalLong.of(Long.parseLong(inText.group(1))) : OptionalLong.empty();
    }
}
