package org.confmail.server.main;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.log.ServerLog;
import org.confmail.server.systemd.ServiceManager;
import org.confmail.server.systemd.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server as a process: log, start, pid file, signals, and the orderly end. The server itself knows nothing of these.
 */
final class ServerProcess {
    /** What our lines on the terminal begin with. */
    static final String PREFIX = "confmail-server: ";

    private static final Logger LOG = LoggerFactory.getLogger("server");

    private final RunOptions options;
    private final Optional<Background> background;
    private final ServerStarter starter;
    private final PrintStream err;
    private boolean logFileOpen;

    ServerProcess(RunOptions options, Optional<Background> background, ServerStarter starter, PrintStream err) {
        this.options = options;
        this.background = background;
        this.starter = starter;
        this.err = err;
    }

    /** Runs the server until it has stopped; returns the exit status. */
    int run() {
        try {
            ServerLog log = openLog();
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, e) -> LOG.error("the thread {} ended in a way that it should not", thread, e));
            RunningServer server = starter.start(options, log);
            try {
                serve(server, log);
            } catch (StartFailure e) {
                server.stop();
                server.awaitStop();
                throw e;
            }
            LOG.info("stopped");
            return Main.DONE;
        } catch (StartFailure e) {
            return failed(e.lines());
        } catch (InterruptedException e) {
            return failed(List.of("interrupted while stopping"));
        } catch (RuntimeException e) {
            LOG.error("this is a defect of the server", e);
            return failed(List.of("the server failed: " + e + ". This is a defect: please report it with the log."));
        }
    }

    private void serve(RunningServer server, ServerLog log) throws StartFailure, InterruptedException {
        long pid = ProcessHandle.current().pid();
        Optional<PidFile> pidFile = Optional.empty();
        if (options.pidFile().isPresent()) {
            pidFile =
                    Optional.of(PidFile.write(new FileDisk(), options.pidFile().get(), pid));
        }
        try {
            ServiceManager manager = ServiceManager.of(System.getenv(), pid);
            Signals.handle(server::stop, () -> reload(server, log, manager));
            LOG.info("READY: confmail-server {}, process {}, home {}", Version.number(), pid, options.home());
            if (background.isPresent()) {
                enterBackground(background.get());
            }
            manager.ready(server.status());
            try (var _ = Watchdog.start(manager, server)) {
                server.awaitStopBegin();
            }
            manager.stopping();
            server.awaitStop();
        } finally {
            pidFile.ifPresent(PidFile::remove);
        }
    }

    private ServerLog openLog() throws StartFailure {
        if (options.logFile().isEmpty()) {
            return ServerLog.toStandardError(options.detail());
        }
        Path file = options.logFile().get();
        try {
            ServerLog log = ServerLog.toFile(file, options.detail());
            log.whenRotated(this::logRotated);
            logFileOpen = true;
            return log;
        } catch (IOException e) {
            throw new StartFailure(
                    "log: cannot open the file " + file + ": " + FailureText.of(e)
                            + ". Name a file in a directory that this user may write to.",
                    e);
        }
    }

    private static void enterBackground(Background background) throws StartFailure {
        try {
            background.ready();
        } catch (IOException e) {
            throw new StartFailure("cannot go into the background: " + e.getMessage(), e);
        }
    }

    private void reload(RunningServer server, ServerLog log, ServiceManager manager) {
        manager.reloading();
        try {
            reload(server, log);
        } finally {
            manager.ready(server.status());
        }
    }

    private void reload(RunningServer server, ServerLog log) {
        LOG.info("HUP received: opening the log file anew and reading config.txt again");
        try {
            log.reopen();
            followLogFile();
            LOG.info("log opened: confmail-server {}", Version.number());
        } catch (IOException e) {
            LOG.error("log: cannot open the file anew: {}. The log goes on in the old file.", FailureText.of(e));
        }
        server.reload();
    }

    /** What the Java runtime itself has to say goes to the log file too. */
    private void followLogFile() throws IOException {
        if (background.isPresent()) {
            background.get().logFileReopened();
        }
    }

    private void logRotated() {
        try {
            followLogFile();
        } catch (IOException e) {
            LOG.warn("log: the output of the Java runtime stays in the old file: {}", FailureText.of(e));
        }
    }

    /** Says why on the terminal, and in the log file if there is one. */
    private int failed(List<String> lines) {
        for (String line : lines) {
            err.println(PREFIX + line);
            if (logFileOpen) {
                LOG.error("{}", line);
            }
        }
        return Main.FAILED;
    }
}
