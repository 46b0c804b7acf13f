package org.confmail.server.systemd;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands for systemd: python3 with a datagram socket, so that it shares no code with the server. */
public final class NotifyListener implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private static final String PROGRAM = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            name = sys.argv[1]
            s.bind('\\0' + name[1:] if name.startswith('@') else name)
            print('bound', flush=True)
            while True:
                print(s.recv(4096).decode().replace('\\n', ' '), flush=True)
            """;

    private final Process python;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    private NotifyListener(Process python) {
        this.python = python;
    }

    /** Whether python3 is here. */
    public static boolean available() {
        try {
            return new ProcessBuilder("python3", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Listens at a path, or at an abstract socket whose name begins with {@code @}. */
    public static NotifyListener at(String address) throws IOException {
        Process python = new ProcessBuilder("python3", "-c", PROGRAM, address)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        NotifyListener listener = new NotifyListener(python);
        BufferedReader lines = python.inputReader();
        if (!"bound".equals(lines.readLine())) {
            python.destroyForcibly();
            throw new IOException("cannot listen at " + address);
        }
        Thread.startVirtualThread(() -> lines.lines().forEach(listener.messages::add));
        return listener;
    }

    /** The next message, its lines on one. */
    public String next() throws InterruptedException {
        String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return message == null ? "none came" : message;
    }

    /** The next message that is no sign of life. */
    public String nextButWatchdog() throws InterruptedException {
        String message = next();
        while (message.startsWith("WATCHDOG=1 ")) {
            message = next();
        }
        return message;
    }

    /** What has come and was not asked for yet. */
    public List<String> rest() {
        List<String> rest = new ArrayList<>();
        messages.drainTo(rest);
        return rest;
    }

    /** The environment of a service that is watched every {@code watchdogMillis}. */
    static Map<String, String> environment(String address, long watchdogMillis) {
        return Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", watchdogMillis + "000");
    }

    @Override
    public void close() {
        python.destroyForcibly();
    }
}
