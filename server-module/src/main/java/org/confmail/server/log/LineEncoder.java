package org.confmail.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import org.jspecify.annotations.Nullable;

/** Turns Logback's events into our lines. */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    /** Chains of causes may be circular or absurdly long. */
    private static final int CAUSES_MAX = 16;

    private final LineFormat format;

    LineEncoder(LineFormat format) {
        this.format = format;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return format.bytes(
                event.getInstant(),
                name(event.getLevel()),
                event.getLoggerName(),
                event.getThreadName(),
                String.valueOf(event.getFormattedMessage()),
                lines -> trace(event.getThrowableProxy(), lines));
    }

    /** The message and its stack trace as {@link #encode} has them, cut after {@code charactersMax} characters. */
    static String text(ILoggingEvent event, int charactersMax) {
        StringBuilder text = new StringBuilder();
        LogText.oneLine(String.valueOf(event.getFormattedMessage()), text);
        if (event.getThrowableProxy() != null) {
            text.append('\n');
            trace(event.getThrowableProxy(), text);
            text.setLength(text.length() - 1); // the last line's end
        }
        if (text.length() > charactersMax) {
            text.setLength(charactersMax);
            text.append('…');
        }
        return text.toString();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    /** The old server's word is WARNING. */
    static String name(Level level) {
        return level.toInt() == Level.WARN_INT ? "WARNING" : level.toString();
    }

    private static void trace(@Nullable IThrowableProxy first, StringBuilder lines) {
        IThrowableProxy thrown = first;
        for (int i = 0; thrown != null && i < CAUSES_MAX; i++) {
            if (i > 0) {
                lines.append("Caused by: ");
            }
            one(thrown, lines);
            for (IThrowableProxy suppressed : thrown.getSuppressed()) {
                lines.append("Suppressed: ");
                one(suppressed, lines);
            }
            thrown = thrown.getCause();
        }
    }

    private static void one(IThrowableProxy thrown, StringBuilder lines) {
        lines.append(thrown.getClassName());
        if (thrown.getMessage() != null) {
            lines.append(": ");
            LogText.oneLine(thrown.getMessage(), lines); // often holds what a peer sent
        }
        lines.append('\n');
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        int own = frames.length - thrown.getCommonFrames();
        for (int i = 0; i < own; i++) {
            lines.append('\t').append(frames[i].getSTEAsString()).append('\n');
        }
        if (own < frames.length) {
            lines.append("\t... ").append(frames.length - own).append(" more\n");
        }
    }
}
