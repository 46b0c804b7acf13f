package org.confmail.server.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.confmail.server.disk.ForgetfulDisk.Loss;

/**
 * Tries a piece of work with a fault at its first disk operation, in a new directory with a fault at its second, and so on,
 * until it comes to its end without one. After each trial the part is looked at as it is if it still runs, and again after a
 * restart; then the same work must succeed.
 *
 * @param <P> the part of the server that works
 */
public interface Trials<P> {

    /** What happens at the operation, and what becomes of the process. */
    enum Fault {
        FAILS_ONCE,
        FAILS_AND_ALL_THAT_FOLLOW_UNTIL_RESTART,
        POWER_LOST_WITH_ALL,
        POWER_LOST_CONTENT_CUT,
        POWER_LOST_CONTENT_ZEROED,
        POWER_LOST_WITH_NAMES;

        private void happen(ForgetfulDisk disk) throws IOException {
            switch (this) {
                case FAILS_ONCE, FAILS_AND_ALL_THAT_FOLLOW_UNTIL_RESTART -> {}
                case POWER_LOST_WITH_ALL -> disk.crash(Loss.ALL);
                case POWER_LOST_CONTENT_CUT -> disk.crash(Loss.CONTENT_CUT);
                case POWER_LOST_CONTENT_ZEROED -> disk.crash(Loss.CONTENT_ZEROED);
                case POWER_LOST_WITH_NAMES -> disk.crash(Loss.NAMES);
            }
        }
    }

    /**
     * How a trial went.
     *
     * @param done whether the work returned, which a client is told as DONE
     * @param restarted whether the part was opened anew since
     * @param operations all that were tried; the last one failed unless the work went on after it
     */
    record Result(Fault fault, String failed, boolean done, boolean restarted, List<String> operations) {
        /** Whether an operation of this name was there before the one that failed. */
        public boolean was(String operation) {
            return operations.stream()
                    .takeWhile(each -> !each.equals(failed))
                    .anyMatch(each -> each.startsWith(operation));
        }

        Result afterRestart() {
            return new Result(fault, failed, done, true, operations);
        }
    }

    /** Lays out what is there beforehand, all of it durable. */
    void prepare(Path directory) throws IOException;

    P start(Path directory, Disk disk) throws IOException;

    void work(P part) throws IOException;

    /** Fails unless what is there is right after {@code result}. */
    void check(P part, Path directory, Result result) throws IOException;

    /** Runs all trials in directories below {@code root}. */
    static <P> void run(Path root, Trials<P> trials) throws IOException {
        for (Fault fault : Fault.values()) {
            int number = 1;
            while (one(Files.createDirectory(root.resolve(fault + "-" + number)), trials, fault, number)) {
                number++;
            }
            assertTrue(number > 4, "hardly any operations were seen");
        }
    }

    private static <P> boolean one(Path directory, Trials<P> trials, Fault fault, int number) throws IOException {
        trials.prepare(directory);
        ForgetfulDisk forgetful = new ForgetfulDisk(directory);
        FaultyDisk disk = new FaultyDisk(forgetful);
        P part = trials.start(directory, disk);
        if (fault == Fault.FAILS_ONCE) {
            disk.failAt(number);
        } else {
            disk.failFrom(number);
        }
        boolean done = false;
        try {
            trials.work(part);
            done = true;
        } catch (IOException e) {
            assertEquals(FaultyDisk.MESSAGE, e.getMessage());
        }
        if (disk.failed().isEmpty()) {
            assertTrue(done);
            fault.happen(forgetful);
            P again = trials.start(directory, new ForgetfulDisk(directory));
            trials.check(again, directory, new Result(fault, "nothing", true, true, disk.operations()));
            return false;
        }
        Result result = new Result(fault, disk.failed().get(), done, false, disk.operations());
        disk.heal();
        try {
            check(part, forgetful, directory, trials, result);
        } catch (AssertionError | IOException | RuntimeException e) {
            fail(fault + " at operation " + number + " of " + result.operations() + ", done: " + done, e);
        }
        return true;
    }

    private static <P> void check(P part, ForgetfulDisk forgetful, Path directory, Trials<P> trials, Result result)
            throws IOException {
        noFileIsOpen(directory);
        boolean runs = result.fault() == Fault.FAILS_ONCE;
        if (runs) {
            trials.check(part, directory, result);
            if (!result.failed().startsWith("delete")) {
                noTemporaryFile(directory);
            }
        }
        result.fault().happen(forgetful);
        Disk sound = new ForgetfulDisk(directory);
        P again = trials.start(directory, sound);
        trials.check(again, directory, result.afterRestart());
        P working = runs ? part : again;
        trials.work(working);
        Result worked = new Result(result.fault(), "nothing", true, !runs, List.of());
        trials.check(working, directory, worked);
        if (!runs) {
            noTemporaryFile(directory);
        }
        trials.check(trials.start(directory, sound), directory, worked.afterRestart());
        noFileIsOpen(directory);
    }

    private static void noTemporaryFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".tmp")).toList());
        }
    }

    /** Looks at the process's descriptors, where the system shows them. */
    private static void noFileIsOpen(Path directory) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return;
        }
        try (Stream<Path> files = Files.list(descriptors)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                try {
                    assertTrue(!Files.readSymbolicLink(file).startsWith(directory), () -> "still open: " + file);
                } catch (NoSuchFileException e) {
                    // closed since it was listed
                }
            }
        }
    }
}
