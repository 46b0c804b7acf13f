package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that has tried a LOCKFILE, or waited for it, and holds it if it could be had, until it is closed. */
public final class Holder implements AutoCloseable {
    private static final String PYTHON = """
            import fcntl, sys
            file = open(sys.argv[1], 'a')
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | (0 if sys.argv[2] == 'WAIT' else fcntl.LOCK_NB))
                print('LOCKED', flush=True)
                sys.stdin.read()
            except BlockingIOError:
                print('BUSY', flush=True)
            """;

    private final Process process;
    private final Optional<String> said;

    private Holder(Process process, Optional<String> said) {
        this.process = process;
        this.said = said;
    }

    /** What the process is written in. */
    public enum Language {
        JAVA,
        PYTHON
    }

    /** What it does where somebody else holds the lock. */
    public enum Otherwise {
        LEAVE,
        /** It waits, as the existing server does. */
        WAIT
    }

    /** Starts it on {@code file}; empty where this machine does not have the language. */
    public static Optional<Holder> start(Language language, Path file) throws IOException {
        return start(language, file, Otherwise.LEAVE);
    }

    /** Starts it on {@code file}; returns when it has the lock, or left; empty where this machine does not have the language. */
    public static Optional<Holder> start(Language language, Path file, Otherwise otherwise) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command(language, file, otherwise))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            if (language == Language.PYTHON) {
                return Optional.empty();
            }
            throw e;
        }
        BufferedReader out = process.inputReader();
        return Optional.of(new Holder(process, Optional.ofNullable(out.readLine())));
    }

    private static List<String> command(Language language, Path file, Otherwise otherwise) {
        return switch (language) {
            case JAVA ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "target/test-classes" + File.pathSeparator + System.getProperty("java.class.path"),
                        LeafHolderMain.class.getName(),
                        file.toString(),
                        otherwise.toString());
            case PYTHON -> List.of("python3", "-c", PYTHON, file.toString(), otherwise.toString());
        };
    }

    /** {@code LOCKED}, {@code BUSY}, or nothing if it could not run. */
    public Optional<String> said() {
        return said;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                assertTrue(process.waitFor(20, TimeUnit.SECONDS), "the holder of a lock does not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
