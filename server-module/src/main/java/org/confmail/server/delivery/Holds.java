package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The targets that an operator holds, in a file of the home with a line for each, so that they stay held over restarts. */
final class Holds {
    /** Some thousand targets; more is no file of ours. */
    private static final long FILE_BYTES_MAX = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger("send queue");

    private final Path file;
    private final Disk disk;
    private final Set<Target> held; // guarded by this

    private Holds(Path file, Disk disk, Set<Target> held) {
        this.file = file;
        this.disk = disk;
        this.held = held;
    }

    /** Reads the file; one that is not there names nothing. Lines that name no target are passed over with a warning. */
    static Holds load(Path file, Disk disk) throws IOException {
        Set<Target> held = new LinkedHashSet<>();
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IOException(
                        file + " is larger than " + FILE_BYTES_MAX + " bytes. Delete it to hold nothing.");
            }
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
                Optional<Target> target = Target.named(line.strip());
                if (target.isPresent()) {
                    held.add(target.get());
                } else if (!line.isBlank()) {
                    LOG.warn("{}: a line names no target, and is passed over", file);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("no target is held");
        }
        return new Holds(file, disk, held);
    }

    synchronized Set<Target> all() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(held));
    }

    /**
     * Remembers, durably, whether a target is held.
     *
     * @throws IOException when that cannot be saved; then nothing has changed
     */
    synchronized void set(Target target, boolean hold) throws IOException {
        Set<Target> changed = new LinkedHashSet<>(held);
        if (!(hold ? changed.add(target) : changed.remove(target))) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        changed.forEach(each -> lines.append(each.id()).append('\n'));
        disk.replace(
                file,
                file.resolveSibling(file.getFileName() + ".tmp"),
                lines.toString().getBytes(StandardCharsets.ISO_8859_1),
                Access.OWNER_ONLY);
        held.clear();
        held.addAll(changed);
    }
}
