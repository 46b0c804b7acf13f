package org.confmail.server.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the operating system lets this process have.
 *
 * @param files that it may have open, connections among them; empty = as many as it likes, or not known
 * @param threads that it may have, together with the other processes of its user or group; empty = as many as it likes, or not
 *     known
 */
public record SystemLimits(OptionalLong files, OptionalLong threads) {
    /** The connection itself, and a file that is read or written for it. */
    static final int FILES_PER_CONNECTION = 2;

    /** For as many as 242 sessions with other servers, the same; for the admin socket, the store, and the run-time itself. */
    static final int OTHER_FILES = 700;

    /** At the worst: 256 that carry virtual threads, 256 that look up names, 64 of sessions that store, 50 of the run-time. */
    static final int THREADS = 700;

    /** Those of this process, as Linux tells them; on other systems nothing is known. */
    public static SystemLimits ofThisProcess() {
        return read(Path.of("/"));
    }

    /** As Linux tells them in the files of {@code /proc} and {@code /sys} below {@code root}. */
    static SystemLimits read(Path root) {
        Path self = root.resolve("proc").resolve("self");
        List<String> limits = lines(self.resolve("limits"));
        Stream<OptionalLong> ofUser = isAdministrator(self) ? Stream.empty() : Stream.of(soft(limits, "Max processes"));
        Stream<OptionalLong> ofGroups = lines(self.resolve("cgroup")).stream()
                .flatMap(line -> directories(root.resolve("sys").resolve("fs").resolve("cgroup"), line))
                .map(directory -> number(lines(directory.resolve("pids.max")).stream()
                        .findFirst()
                        .orElse("")));
        return new SystemLimits(
                soft(limits, "Max open files"),
                Stream.concat(ofUser, ofGroups)
                        .flatMapToLong(OptionalLong::stream)
                        .min());
    }

    /** What is too little for a server of so many connections, and what to do, each in a sentence or two. */
    public List<String> shortages(int connections) {
        List<String> found = new ArrayList<>();
        long wanted = (long) FILES_PER_CONNECTION * connections + OTHER_FILES;
        files.stream()
                .filter(most -> most < wanted)
                .forEach(most -> found.add("the system lets this process have only " + most
                        + " files and connections open, and "
                        + "max_connections is " + connections + ": connections may end before there are so many. Allow "
                        + wanted
                        + " (LimitNOFILE of the service, or ulimit -n)."));
        threads.stream()
                .filter(most -> most < THREADS)
                .forEach(most -> found.add("the system lets this process have only " + most
                        + " threads: under load, connections may end, and"
                        + " TERM may not be heeded. Allow " + THREADS
                        + " (TasksMax of the service, the container's limit, or ulimit -u)."));
        return found;
    }

    /** The limits of a user's processes do not bind the administrator. */
    private static boolean isAdministrator(Path self) {
        return lines(self.resolve("status")).stream().anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    }

    /** A line has a name, the limit, how far it may be raised, and what it counts. */
    private static OptionalLong soft(List<String> limits, String name) {
        return limits.stream()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .map(line -> number(line.substring(name.length()).strip().split("\\s+", -1)[0]))
                .orElse(OptionalLong.empty());
    }

    /** The group of a line {@code NUMBER:CONTROLLERS:PATH}, and all above it. */
    private static Stream<Path> directories(Path groups, String line) {
        String[] parts = line.split(":", 3);
        boolean unified = parts.length == 3 && parts[1].isEmpty();
        if (parts.length < 3 || !(unified || parts[1].equals("pids"))) {
            return Stream.empty();
        }
        Path top = unified ? groups : groups.resolve("pids");
        try {
            Path own = top.resolve(parts[2].substring(1)).normalize();
            return Stream.iterate(own, path -> path.startsWith(top), Path::getParent);
        } catch (InvalidPathException | IndexOutOfBoundsException e) {
            return Stream.empty();
        }
    }

    private static OptionalLong number(String word) {
        try {
            return OptionalLong.of(Long.parseLong(word.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // "unlimited", "max", or nothing
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
