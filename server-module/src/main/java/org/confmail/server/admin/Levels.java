package org.confmail.server.admin;

import org.confmail.server.log.LogLine;
import org.confmail.shared.admin.LogMethods;
import org.slf4j.event.Level;

/** The log's words and the protocol's. */
final class Levels {
    private Levels() {}

    static LogMethods.Level toShared(Level level) {
        return switch (level) {
            case ERROR -> LogMethods.Level.ERROR;
            case WARN -> LogMethods.Level.WARNING;
            case INFO -> LogMethods.Level.INFO;
            case DEBUG, TRACE -> LogMethods.Level.DEBUG;
        };
    }

    static LogMethods.LogLine toShared(LogLine line) {
        return new LogMethods.LogLine(line.time(), toShared(line.level()), line.part(), line.thread(), line.text());
    }
}
