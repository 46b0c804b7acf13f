package org.confmail.server.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.confmail.server.disk.Disk;

/** Removes files and whole directories as far as it goes: a failure does not keep the rest from being removed. */
final class Removal {
    private final Disk disk;
    private final List<IOException> failures = new ArrayList<>();

    Removal(Disk disk) {
        this.disk = disk;
    }

    /** Removes {@code path} with all that is in it; does nothing when it is not there. Follows no links. */
    void remove(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                for (Path entry : entries(path)) {
                    remove(entry);
                }
            }
            disk.delete(path);
        } catch (IOException e) {
            failures.add(e);
        }
    }

    List<IOException> failures() {
        return failures;
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(found::add);
        }
        return found;
    }
}
