package org.confmail.server.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line of the benchmark says.
 *
 * @param image of the server, or empty for the compiled classes
 * @param flags of the Java runtime, for the server and the reference
 * @param serverFlags of the Java runtime, for the server only
 * @param runs how often both sides are measured, in turn
 * @param blocks in the store that upkeep goes over
 * @param backlog how many blocks wait for a partner that is down
 * @param idle how long after its start an idle server is looked at
 * @param directory where the homes are made; its disk is what is measured
 */
record BenchOptions(
        Optional<Path> image,
        List<String> flags,
        List<String> serverFlags,
        int runs,
        int blocks,
        int backlog,
        Duration idle,
        Path directory,
        Set<Part> parts) {

    static final String USAGE = """
            usage: ServerBench [--image DIR] [--runs N] [--only PART,PART...] [--directory DIR]
                               [--blocks N] [--backlog N] [--idle SECONDS]
                               [--flags "FLAG ..."] [--server-flags "FLAG ..."]
              --image DIR      the server's run-time image (with bin/confmail-server); default: the compiled classes
              --runs N         alternating runs of server and reference, medians are shown; default 5
              --only PART,...  of small-get, large-get, large-store, small-store, shared-store, mailbox, memory, start, drain,
                               upkeep, dht; default: all
              --directory DIR  where the homes are made for the time of the run, and whose disk is measured; default: temporary
              --blocks N       in the store that upkeep goes over; default 200000
              --backlog N      blocks that wait for a partner that is down; default 10000
              --idle SECONDS   when to look at the idle server's memory; default 60
              --flags          flags of the Java runtime for the server and the reference, @FILE among them
              --server-flags   flags for the server only, -XX:StartFlightRecording=filename=x.jfr say
            """;

    private static final int RUNS_MAX = 100;
    private static final int BLOCKS_MAX = 10_000_000;
    private static final int BACKLOG_MAX = 1_000_000;

    /** What can be measured alone. */
    enum Part {
        SMALL_GET,
        LARGE_GET,
        LARGE_STORE,
        SMALL_STORE,
        SHARED_STORE,
        MAILBOX,
        MEMORY,
        START,
        DRAIN,
        UPKEEP,
        DHT;

        static Part named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** @throws IllegalArgumentException that says what is wrong */
    static BenchOptions parse(List<String> arguments) {
        Optional<Path> image = Optional.empty();
        List<String> flags = List.of();
        List<String> serverFlags = List.of();
        int runs = 5;
        int blocks = 200_000;
        int backlog = 10_000;
        Duration idle = Duration.ofMinutes(1);
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        Set<Part> parts = EnumSet.allOf(Part.class);
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String name = left.pop();
            if (left.isEmpty()) {
                throw new IllegalArgumentException("unknown, or without its value: " + name);
            }
            String value = left.pop();
            switch (name) {
                case "--image" -> image = Optional.of(directory(value));
                case "--runs" -> runs = number(value, RUNS_MAX);
                case "--blocks" -> blocks = number(value, BLOCKS_MAX);
                case "--backlog" -> backlog = number(value, BACKLOG_MAX);
                case "--idle" -> idle = Duration.ofSeconds(number(value, 3600));
                case "--directory" -> directory = directory(value);
                case "--flags" -> flags = words(value);
                case "--server-flags" -> serverFlags = words(value);
                case "--only" -> {
                    parts = EnumSet.noneOf(Part.class);
                    for (String part : value.split(",", -1)) {
                        parts.add(Part.named(part));
                    }
                }
                default -> throw new IllegalArgumentException("unknown: " + name);
            }
        }
        return new BenchOptions(image, flags, serverFlags, runs, blocks, backlog, idle, directory, parts);
    }

    private static List<String> words(String value) {
        return List.of(value.strip().split("\\s+", -1));
    }

    private static Path directory(String value) {
        Path directory = Path.of(value).toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("no directory: " + directory);
        }
        return directory;
    }

    private static int number(String value, int most) {
        int number = Integer.parseInt(value);
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(value + " is not between 1 and " + most);
        }
        return number;
    }
}
