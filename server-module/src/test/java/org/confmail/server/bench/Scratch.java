package org.confmail.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories that last as long as a measurement. */
final class Scratch {
    private Scratch() {}

    /** Deletes {@code directory} with all that is in it when it is closed, or when this process is told to end. */
    static Closing deleting(Path directory) {
        Thread atEnd = new Thread(() -> {
            try {
                deleteTree(directory);
            } catch (IOException e) {
                System.err.println("cannot delete " + directory + ": " + e);
            }
        });
        Runtime.getRuntime().addShutdownHook(atEnd);
        return () -> deleteTree(directory);
    }

    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    interface Closing extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
