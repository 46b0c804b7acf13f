package org.confmail.server.net;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix domain socket that listens: a file that only its owner, and a group where one is named, can connect to. Nobody else
 * can for a moment: the file is made in a directory of the owner's own and moved to its place when its permissions are right.
 * Its own virtual thread accepts and hands each connection on; {@code onAccept} must not block.
 */
public final class LocalListener implements AutoCloseable {
    /** The shortest limit of the systems that we run on is 104 bytes with a zero at the end (macOS); Linux has 108. */
    public static final int PATH_BYTES_MAX = 103;

    private static final Logger LOG = LoggerFactory.getLogger("listener");
    private static final int BACKLOG = 64;
    /** The pause after a failed accept (no file descriptors left, say), so that the log and the processor survive it. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ServerSocketChannel channel;
    private final Path path;
    private final Disk disk;
    private final Consumer<SocketChannel> onAccept;
    private final Optional<Object> made;

    private LocalListener(ServerSocketChannel channel, Path path, Disk disk, Consumer<SocketChannel> onAccept)
            throws IOException {
        this.channel = channel;
        this.path = path;
        this.disk = disk;
        this.onAccept = onAccept;
        this.made = fileKey(path);
    }

    /**
     * Makes the socket, in the place of one that a dead process left, and accepts from {@link #start} on.
     *
     * @param path absolute
     * @param group of users who may connect too
     * @param mark 8 characters of this server's own, for the name of a directory beside {@code path}
     * @throws IOException with what to do, when that cannot be done: a process listens there, the path is too long
     */
    public static LocalListener bind(
            Path path, Optional<String> group, String mark, Disk disk, Consumer<SocketChannel> onAccept)
            throws IOException {
        Path directory = Objects.requireNonNull(path.getParent(), "absolute").resolve(".a" + mark);
        Path first = directory.resolve("s");
        checkLength(path, first);
        checkFree(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (Files.getFileAttributeView(path, PosixFileAttributeView.class) == null) {
                bindUnderAcl(channel, path, group, disk);
            } else {
                bindInside(channel, directory, first, path, group, disk);
            }
            return new LocalListener(channel, path, disk, onAccept);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Starts to accept. */
    public void start() {
        Thread.ofVirtual().name("admin-listener").start(this::acceptAll);
    }

    /** Stops accepting and removes the file, unless it is another's by now. Connections stay. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (fileKey(path).equals(made)) {
            disk.delete(path);
        }
    }

    private static void bindInside(
            ServerSocketChannel channel, Path directory, Path first, Path path, Optional<String> group, Disk disk)
            throws IOException {
        disk.delete(first); // of a server that was killed in just this moment
        disk.createDirectory(directory, Access.OWNER_ONLY);
        try {
            disk.restrict(directory);
            channel.bind(UnixDomainSocketAddress.of(first), BACKLOG);
            letIn(first, group);
            disk.rename(first, path);
        } finally {
            disk.delete(first);
            disk.delete(directory);
        }
    }

    private static void letIn(Path socket, Optional<String> group) throws IOException {
        PosixFileAttributeView view =
                Objects.requireNonNull(Files.getFileAttributeView(socket, PosixFileAttributeView.class));
        if (group.isPresent()) {
            try {
                view.setGroup(group(socket, group.get()));
            } catch (UserPrincipalNotFoundException e) {
                throw new IOException("there is no group " + group.get() + " (admin_socket_group)", e);
            } catch (IOException e) {
                throw new IOException(
                        "cannot let in the group " + group.get() + " (admin_socket_group): " + e.getMessage()
                                + ". Make the server's user a member of it",
                        e);
            }
        }
        view.setPermissions(PosixFilePermissions.fromString(group.isPresent() ? "rw-rw----" : "rw-------"));
    }

    /**
     * Where there are access control lists instead (Windows). The file is made in its place under the directory's list; who got in
     * before it has its own is hung up on, because nobody was accepted yet.
     */
    private static void bindUnderAcl(ServerSocketChannel channel, Path path, Optional<String> group, Disk disk)
            throws IOException {
        disk.delete(path);
        channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
        @Nullable AclFileAttributeView view = Files.getFileAttributeView(path, AclFileAttributeView.class);
        if (view == null) {
            throw new IOException("the file system of " + path + " has no permissions that could protect it");
        }
        List<AclEntry> entries = new ArrayList<>(List.of(allow(view.getOwner())));
        if (group.isPresent()) {
            entries.add(allow(group(path, group.get())));
        }
        view.setAcl(entries);
        channel.configureBlocking(false);
        for (SocketChannel early = channel.accept(); early != null; early = channel.accept()) {
            early.close();
        }
        channel.configureBlocking(true);
    }

    private static AclEntry allow(UserPrincipal who) {
        return AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(who)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build();
    }

    private static GroupPrincipal group(Path path, String name) throws IOException {
        return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
    }

    private static void checkLength(Path path, Path first) throws IOException {
        int bytes = Math.max(bytes(path), bytes(first));
        if (bytes > PATH_BYTES_MAX) {
            throw new IOException("its path has " + bytes + " bytes, with the name that it is made under, and operating"
                    + " systems allow " + PATH_BYTES_MAX + ". Name a shorter one in config.txt, such as admin_socket:"
                    + " /run/confmail/admin.sock");
        }
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static void checkFree(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isSymbolicLink(path)) {
            throw new IOException("there is something else of that name. Move it away, or name another admin_socket");
        }
        boolean answered = true;
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            answered = probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            answered = false; // refused: nobody listens any more
        }
        if (answered) {
            throw new IOException("another process listens there. Name another admin_socket");
        }
    }

    private static Optional<Object> fileKey(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    private void acceptAll() {
        while (channel.isOpen()) {
            try {
                SocketChannel accepted = channel.accept();
                try {
                    onAccept.accept(accepted);
                } catch (RuntimeException | Error e) {
                    // Whatever it was, the next connection may be served.
                    LOG.warn("cannot serve a new connection on {}: {}. It was closed.", path, e.toString());
                    accepted.close();
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.error("cannot accept connections on {}: {}. Trying again.", path, e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
