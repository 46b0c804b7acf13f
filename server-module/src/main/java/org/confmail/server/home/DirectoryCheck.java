package org.confmail.server.home;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the home's directories are there and can be used, and whether there is space in them. */
final class DirectoryCheck {
    /** Some dozens of the largest blocks: time enough for an operator to act. */
    private static final long FREE_BYTES_MIN = 256L << 20;

    private static final String RIGHTS = "Let the server's user own it; run the check as that user.";

    private DirectoryCheck() {}

    /** What keeps a server from using the home at all. */
    static List<Finding> root(Home home) {
        Path root = home.root();
        if (!Files.isDirectory(root)) {
            return List.of(Finding.error(
                    root,
                    Files.exists(root, LinkOption.NOFOLLOW_LINKS) ? "is not a directory." : "does not exist.",
                    "Correct -homedir, or make a home with -init."));
        }
        List<Finding> findings = new ArrayList<>();
        rights(root, "the home", findings);
        return findings;
    }

    static List<Finding> storesAndQueues(Home home) {
        List<Finding> findings = new ArrayList<>();
        List<Path> directories = List.of(home.localStore(), home.entangled(), home.inputQueue(), home.sendQueue());
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                rights(directory, "the directory", findings);
            } else if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                findings.add(Finding.error(
                        directory, "is not a directory, or a link to nowhere.", "Move it away, or mend the link."));
            } else {
                missing(home, directory, findings);
            }
        }
        space(directories, findings);
        return findings;
    }

    private static void missing(Home home, Path directory, List<Finding> findings) {
        Path parent = directory.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            findings.add(Finding.error(
                    directory,
                    "does not exist, nor does the directory in which it should be.",
                    "Make it, mount its disk, or correct alt_localstore in config.txt."));
        } else if (directory.equals(home.inputQueue())) {
            findings.add(Finding.warning(
                    directory,
                    "does not exist; the server makes it at its start.",
                    "Watchdogs of old installations look into it."));
        } else {
            findings.add(Finding.warning(
                    directory,
                    "does not exist; the server makes it, empty, at its start.",
                    "If there were blocks in it, restore it or mount its disk first."));
        }
    }

    private static void rights(Path directory, String what, List<Finding> findings) {
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            findings.add(Finding.error(directory, what + " cannot be read.", RIGHTS));
        } else if (!Files.isWritable(directory)) {
            findings.add(Finding.error(directory, what + " cannot be written to.", RIGHTS));
        }
    }

    private static void space(List<Path> directories, List<Finding> findings) {
        Set<FileStore> seen = new HashSet<>();
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                continue;
            }
            try {
                FileStore store = Files.getFileStore(directory);
                long free = store.getUsableSpace();
                if (seen.add(store) && free < FREE_BYTES_MIN) {
                    findings.add(Finding.warning(
                            directory,
                            "only " + (free >> 20) + " MiB are free on its disk; when nothing is left, clients are told"
                                    + " FAILED.",
                            "Free space there, or move the directory to another disk."));
                }
            } catch (IOException e) {
                findings.add(Finding.warning(
                        directory, "cannot tell how much space is left: " + Reason.of(e) + ".", "Check the disk."));
            }
        }
    }
}
