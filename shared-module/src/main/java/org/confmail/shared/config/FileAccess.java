package org.confmail.shared.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may read and write a file, and other things that POSIX and Windows do differently. */
final class FileAccess {
    private static final Set<PosixFilePermission> OF_GROUP =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE);

    private FileAccess() {}

    /**
     * Gives {@code to} the permissions of {@code from}, and its owner and group where this process may. Where the group can't
     * be kept its permissions fall away, or a group that was never meant would get them.
     */
    static void copy(Path from, Path to) throws IOException {
        @Nullable PosixFileAttributeView posix = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (posix != null) {
            copyPosix(Files.readAttributes(from, PosixFileAttributes.class), posix);
            return;
        }
        @Nullable AclFileAttributeView source = Files.getFileAttributeView(from, AclFileAttributeView.class);
        @Nullable AclFileAttributeView target = Files.getFileAttributeView(to, AclFileAttributeView.class);
        if (source != null && target != null) {
            target.setAcl(source.getAcl());
        }
    }

    /** Makes a rename in this directory survive a loss of power. */
    static void forceDirectory(@Nullable Path directory) throws IOException {
        if (directory == null || Files.getFileAttributeView(directory, PosixFileAttributeView.class) == null) {
            return; // Windows can't open a directory; its file systems order names by their own journal
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void copyPosix(PosixFileAttributes from, PosixFileAttributeView to) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(from.permissions());
        PosixFileAttributes now = to.readAttributes();
        if (!now.group().equals(from.group()) && !isDone(() -> to.setGroup(from.group()))) {
            permissions.removeAll(OF_GROUP);
        }
        // The permissions first: they are the owner's to set. Only root may give a file away, and it may do so
        // afterwards.
        to.setPermissions(permissions);
        if (!now.owner().equals(from.owner())) {
            isDone(() -> to.setOwner(from.owner()));
        }
    }

    private static boolean isDone(Change change) {
        try {
            change.make();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A change that may not be allowed. */
    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }
}
