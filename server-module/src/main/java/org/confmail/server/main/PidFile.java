package org.confmail.server.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.confmail.server.disk.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that names the process of a running server. */
final class PidFile {
    private static final Logger LOG = LoggerFactory.getLogger("server");

    private final Disk disk;
    private final Path file;
    private final String content;

    private PidFile(Disk disk, Path file, long pid) {
        this.disk = disk;
        this.file = file;
        this.content = pid + "\n";
    }

    /**
     * Writes the file at once and whole, in the place of one that a killed server left behind.
     *
     * @throws StartFailure if that cannot be done
     */
    static PidFile write(Disk disk, Path file, long pid) throws StartFailure {
        PidFile pidFile = new PidFile(disk, file.toAbsolutePath(), pid);
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a directory");
            }
            Path temporary = pidFile.file.resolveSibling(pidFile.file.getFileName() + "." + pid + ".tmp");
            byte[] bytes = pidFile.content.getBytes(StandardCharsets.US_ASCII);
            disk.replace(pidFile.file, temporary, bytes, Disk.Access.BY_UMASK);
        } catch (IOException e) {
            throw new StartFailure(
                    "pid file: cannot write " + file + ": " + FailureText.of(e)
                            + ". Name a file in a directory that this user may write to.",
                    e);
        }
        return pidFile;
    }

    /** Removes the file if it still names this process. */
    void remove() {
        try {
            if (Files.exists(file) && Files.readString(file).equals(content)) {
                disk.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("pid file: cannot remove {}: {}. Remove it by hand.", file, FailureText.of(e));
        }
    }
}
