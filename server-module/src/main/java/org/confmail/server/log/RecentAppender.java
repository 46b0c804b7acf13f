package org.confmail.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/** Keeps the newest lines of the log in memory, and the newest errors apart from them, which a busy log would push out. */
final class RecentAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** Some minutes of a busy server; 2 MiB at most. */
    private static final int LINES_MAX = 4096;

    private static final int CHARACTERS_MAX = 1 << 20;

    /** What an operator looks at first. */
    private static final int ERRORS_MAX = 20;

    private final RecentLines<LogLine> lines =
            new RecentLines<>(LINES_MAX, CHARACTERS_MAX, line -> line.text().length());
    private final RecentLines<LogLine> errors =
            new RecentLines<>(ERRORS_MAX, CHARACTERS_MAX, line -> line.text().length());

    RecentLines<LogLine> lines() {
        return lines;
    }

    RecentLines<LogLine> errors() {
        return errors;
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogLine line = new LogLine(
                event.getInstant(),
                level(event.getLevel()),
                event.getLoggerName(),
                String.valueOf(event.getThreadName()),
                LineEncoder.text(event, LogLine.CHARACTERS_MAX));
        lines.add(line);
        if (line.level() == org.slf4j.event.Level.ERROR) {
            errors.add(line);
        }
    }

    private static org.slf4j.event.Level level(Level level) {
        return org.slf4j.event.Level.valueOf(level.toString());
    }
}
