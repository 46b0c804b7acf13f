package org.confmail.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** A process whose processor time and memory are looked at. It ends when this is closed, and with this process. */
final class MeasuredProcess implements AutoCloseable {
    private static final int SECONDS_TO_END = 20;
    private static final int LINES_SHOWN = 20;

    private final Process process;
    private final Thread atEnd;
    private final Duration startTime;
    private final String readyLine;

    private MeasuredProcess(Process process, Thread atEnd, Duration startTime, String readyLine) {
        this.process = process;
        this.atEnd = atEnd;
        this.startTime = startTime;
        this.readyLine = readyLine;
    }

    /** Starts a process; returns when it has written a line with {@code ready} in it. */
    static MeasuredProcess start(ProcessBuilder builder, String ready) throws IOException {
        builder.redirectErrorStream(true);
        long begin = System.nanoTime();
        Process process = builder.start();
        Thread atEnd = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atEnd);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Deque<String> lines = new ArrayDeque<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(ready)) {
                Duration startTime = Duration.ofNanos(System.nanoTime() - begin);
                Thread.ofPlatform().daemon().start(() -> drain(output));
                return new MeasuredProcess(process, atEnd, startTime, line);
            }
            lines.add(line);
            if (lines.size() > LINES_SHOWN) {
                lines.removeFirst();
            }
        }
        process.destroyForcibly();
        throw new IOException(
                "did not start: " + String.join(" ", builder.command()) + "\n" + String.join("\n", lines));
    }

    /** From the start of the process to its line that it is ready. */
    Duration startTime() {
        return startTime;
    }

    String readyLine() {
        return readyLine;
    }

    /** Processor time used so far, of all threads; as exact as the system counts it, often 10 ms. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Lets a server read its settings anew, which it does soon after. Not on Windows. */
    void reload() throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-HUP", "" + process.pid())
                        .inheritIO()
                        .start()
                        .waitFor()
                != 0) {
            throw new IOException("process " + process.pid() + " cannot be signalled");
        }
    }

    /** The resident set, in bytes. Linux only. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS of process " + process.pid());
    }

    /** Ends the process in its orderly way, or by force where that takes too long. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                System.err.println("process " + process.pid() + " did not end and is killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(atEnd);
        }
    }

    private static void drain(BufferedReader output) {
        try {
            String line = output.readLine();
            while (line != null) {
                if (line.contains(" ERROR ")) {
                    System.err.println(line);
                }
                line = output.readLine();
            }
        } catch (IOException e) {
            // the process has ended
        }
    }
}
