package org.confmail.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The log of the process: set up once at start-up, its file re-opened when the operator has moved it away. Everyone else logs
 * through SLF4J under a short name of the part that speaks ({@code connection}, {@code store}, …).
 */
public final class ServerLog {
    /** The logger of opened and closed connections, which {@code -quiet} silences. */
    public static final String CONNECTION = "connection";

    /** The first names of libraries' loggers, so that {@code -debug} brings our own debug lines only. */
    private static final List<String> FOREIGN =
            List.of("ch", "com", "io", "jakarta", "java", "javax", "jdk", "org", "sun", "tools");

    private static final String OWN_CLASSES = "org.confmail";

    private final LogOutput output;
    private final Optional<LogFile> file;
    private final LoggerContext context;
    private final RecentAppender recent;
    private volatile Detail detail;

    private ServerLog(LogOutput output, Optional<LogFile> file, LoggerContext context, Detail detail) {
        this.output = output;
        this.file = file;
        this.context = context;
        this.detail = detail;
        this.recent = new RecentAppender();
        recent.setContext(context);
        recent.setName("recent");
        recent.start();
    }

    /** Sends the log to standard error. */
    public static ServerLog toStandardError(Detail detail) {
        return start(standardError(), Optional.empty(), detail);
    }

    /**
     * Sends the log to the end of {@code file}, which is made for the owner's eyes alone if it is absent.
     *
     * @throws IOException if the file cannot be opened
     */
    public static ServerLog toFile(Path file, Detail detail) throws IOException {
        Path absolute = file.toAbsolutePath();
        LogFile log = new LogFile(absolute, InstantSource.system(), ZoneId.systemDefault(), ServerLog::warning);
        return start(new LogOutput(log, ServerLog::lossNotice), Optional.of(log), detail);
    }

    /**
     * Opens the file anew under its name; a log on standard error stays there. No line is lost: each goes to the old file or to
     * the new one.
     *
     * @throws IOException if that failed; the log goes on where it was
     */
    public void reopen() throws IOException {
        output.reopen();
    }

    /** Rotates the file like this from the next line on; a log on standard error grows as it did. */
    public void rotate(Rotation rotation) {
        file.ifPresent(log -> log.rotate(rotation));
    }

    /** Has this called whenever the log has gone on in a new file by itself; it must return soon. */
    public void whenRotated(Runnable call) {
        output.whenRotated(call);
    }

    /** All files that hold lines of this log, the oldest first, the present one last; none for standard error. */
    public List<Path> files() throws IOException {
        return file.isPresent() ? file.get().all() : List.of();
    }

    /** How many events of level ERROR there were since the start. */
    public long errorLines() {
        return recent.errors().end();
    }

    /** How many events could not be written since the start. */
    public long lostLines() {
        return output.lost();
    }

    /** The file that the log goes to, absolute; empty = standard error. */
    public Optional<Path> file() {
        return file.map(LogFile::path);
    }

    /** How much is logged now. */
    public Detail detail() {
        return detail;
    }

    /** Logs more or less from now on. */
    public synchronized void change(Detail wanted) {
        setLevels(context, wanted);
        detail = wanted;
    }

    /** The newest lines, of what is logged at all. */
    public RecentLines<LogLine> recent() {
        return recent.lines();
    }

    /** The newest lines of level ERROR, which stay longer than others. */
    public RecentLines<LogLine> errors() {
        return recent.errors();
    }

    private static ServerLog start(LogOutput output, Optional<LogFile> file, Detail detail) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        install(context, output);
        ServerLog log = new ServerLog(output, file, context, detail);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log.recent);
        setLevels(context, detail);
        return log;
    }

    private static void setLevels(LoggerContext context, Detail detail) {
        Level own = detail.debug() ? Level.DEBUG : Level.INFO;
        level(context, Logger.ROOT_LOGGER_NAME, own);
        FOREIGN.forEach(name -> level(context, name, Level.WARN));
        level(context, OWN_CLASSES, own);
        level(context, CONNECTION, detail.quiet() ? Level.WARN : own);
        level(context, TrafficLog.NAME, detail.traffic() && !detail.quiet() ? Level.INFO : Level.OFF);
    }

    /** Makes {@code output} the one place that lines go to. */
    static void install(LoggerContext context, LogOutput output) {
        LineEncoder encoder = new LineEncoder(new LineFormat(ZoneId.systemDefault()));
        encoder.setContext(context);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName("log");
        appender.setEncoder(encoder);
        appender.setOutputStream(output);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
    }

    /** What Java calls standard error, which a test runner may have redirected. */
    static LogOutput javaStandardError() {
        return output(() -> System.err);
    }

    /** Standard error, past {@link System#err}, whose failures nobody sees. */
    static LogOutput standardError() {
        return output(StandardError::new);
    }

    private static LogOutput output(LogOutput.Source source) {
        try {
            return new LogOutput(source, ServerLog::lossNotice);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // opening does nothing that can fail
        }
    }

    private static void level(LoggerContext context, String logger, Level level) {
        context.getLogger(logger).setLevel(level);
    }

    private static byte[] lossNotice(long lost) {
        return warning(String.format(
                Locale.ROOT,
                "log: %d lines could not be written here and are lost. Look at the free space on this disk.",
                lost));
    }

    private static byte[] warning(String message) {
        return new LineFormat(ZoneId.systemDefault())
                .bytes(Instant.now(), LineEncoder.name(Level.WARN), "log", "-", message, LineFormat.Trace.NONE);
    }

    /**
     * How much is logged.
     *
     * @param quiet no opened and closed connections, no traffic
     * @param debug debug lines of our own parts too
     * @param traffic every protocol line
     */
    public record Detail(boolean quiet, boolean debug, boolean traffic) {}

    /** The process's standard error, which outlives every re-opening. */
    private static final class StandardError extends OutputStream {
        private final FileOutputStream stream = new FileOutputStream(FileDescriptor.err);

        @Override
        public void write(int b) throws IOException {
            stream.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }
    }
}
