package org.confmail.server.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A disk whose power can fail. It works on real files and remembers what was forced; {@link #crash} makes of them what a machine
 * would find that comes up again. What is there when it is made counts as forced. Nothing is forced in earnest, so it is fast.
 * Names are taken as they come: no symbolic links below the root. Any thread may use it.
 */
public final class ForgetfulDisk implements Disk {
    private final Disk disk = new FileDisk();
    private final Path root;
    /** What each name stands for now. */
    private final Map<Path, Node> names = new TreeMap<>();
    /** What each name stands for on the disk; names in directories that are missing here mean nothing. */
    private final Map<Path, Node> durable = new TreeMap<>();

    /** What becomes of what was not forced; one machine or another does each of these. */
    public enum Loss {
        /** It is as if it had never happened. */
        ALL,
        /** Files are cut in the middle of what was not forced; all names are as they were last. */
        CONTENT_CUT,
        /** What was not forced is zeros; all names are as they were last. */
        CONTENT_ZEROED,
        /** Content is there; names are not. */
        NAMES
    }

    /** A file or directory, whatever its names. */
    private static final class Node {
        final boolean isDirectory;
        byte[] forced = {};
        Optional<FileTime> time = Optional.empty();

        Node(boolean isDirectory) {
            this.isDirectory = isDirectory;
        }
    }

    /** A disk that watches over all below {@code root}, which exists. */
    public ForgetfulDisk(Path root) throws IOException {
        this.root = root;
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                names.put(directory, new Node(true));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                names.put(file, forcedNow(file));
                return FileVisitResult.CONTINUE;
            }
        });
        durable.putAll(names);
    }

    private static Node forcedNow(Path file) throws IOException {
        Node node = new Node(false);
        remember(node, file);
        return node;
    }

    private static void remember(Node node, Path file) throws IOException {
        node.forced = Files.readAllBytes(file);
        node.time = Optional.of(Files.getLastModifiedTime(file));
    }

    /** Ends this disk's life: leaves the files as they are found after a power loss. */
    public synchronized void crash(Loss loss) throws IOException {
        boolean keepsNames = loss == Loss.CONTENT_CUT || loss == Loss.CONTENT_ZEROED;
        Map<Path, Node> found = keepsNames ? names : durable;
        Map<Node, byte[]> contents = new HashMap<>();
        names.forEach((path, node) -> {
            if (!node.isDirectory) {
                contents.put(node, content(path, node, loss));
            }
        });
        clear();
        for (Map.Entry<Path, Node> entry : found.entrySet()) {
            Path path = entry.getKey();
            Node node = entry.getValue();
            if (path.equals(root) || !Files.isDirectory(path.resolveSibling("."))) {
                continue; // its directory is lost, and it with it
            }
            if (node.isDirectory) {
                Files.createDirectory(path);
            } else {
                Files.write(path, contents.getOrDefault(node, node.forced));
                if (node.time.isPresent()) {
                    Files.setLastModifiedTime(path, node.time.get());
                }
            }
        }
    }

    private static byte[] content(Path path, Node node, Loss loss) {
        byte[] now;
        try {
            now = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int same = Arrays.mismatch(node.forced, now);
        if (same < 0) {
            return now;
        }
        return switch (loss) {
            case ALL -> node.forced;
            case NAMES -> now;
            case CONTENT_CUT -> Arrays.copyOf(now, same + (now.length - same) / 2);
            case CONTENT_ZEROED -> Arrays.copyOf(Arrays.copyOf(now, same), now.length);
        };
    }

    private void clear() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (!directory.equals(root)) {
                    Files.delete(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Path whole(Path path) {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public synchronized DurableFile create(Path file, Access access) throws IOException {
        DurableFile open = disk.create(file, access);
        Node node = new Node(false);
        names.put(whole(file), node);
        return new ForgetfulFile(open, node, file);
    }

    @Override
    public synchronized DurableFile append(Path file, Access access) throws IOException {
        DurableFile open = disk.append(file, access);
        return new ForgetfulFile(open, names.computeIfAbsent(whole(file), name -> new Node(false)), file);
    }

    @Override
    public synchronized void force(Path file) throws IOException {
        Node node = names.get(whole(file));
        if (node == null) {
            throw new IOException(file + " was made behind this disk's back");
        }
        remember(node, file);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
        Node node = names.remove(whole(from));
        if (node == null || node.isDirectory) {
            throw new IOException("only known files can be renamed here: " + from);
        }
        names.put(whole(to), node);
    }

    @Override
    public synchronized void forceDirectory(Path directory) {
        Path parent = whole(directory);
        durable.keySet().removeIf(path -> parent.equals(path.getParent()));
        names.forEach((path, node) -> {
            if (parent.equals(path.getParent())) {
                durable.put(path, node);
            }
        });
    }

    @Override
    public synchronized void restrict(Path directory) throws IOException {
        disk.restrict(directory);
    }

    @Override
    public synchronized boolean createDirectory(Path directory, Access access) throws IOException {
        boolean made = disk.createDirectory(directory, access);
        names.putIfAbsent(whole(directory), new Node(true));
        return made;
    }

    @Override
    public synchronized boolean delete(Path file) throws IOException {
        boolean deleted = disk.delete(file);
        names.remove(whole(file));
        return deleted;
    }

    @Override
    public synchronized LockFile openLock(Path file, Access access) throws IOException {
        LockFile lock = disk.openLock(file, access);
        names.computeIfAbsent(whole(file), name -> new Node(false));
        return lock;
    }

    /** A file on this disk. */
    private final class ForgetfulFile implements DurableFile {
        private final DurableFile file;
        private final Node node;
        private final Path path;

        ForgetfulFile(DurableFile file, Node node, Path path) {
            this.file = file;
            this.node = node;
            this.path = path;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            file.write(bytes);
        }

        @Override
        public void append(FileChannel source, long position, long count) throws IOException {
            file.append(source, position, count);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void cut(long size) throws IOException {
            file.cut(size);
        }

        @Override
        public void modified(Instant time) throws IOException {
            file.modified(time);
        }

        @Override
        public void force() throws IOException {
            synchronized (ForgetfulDisk.this) {
                remember(node, path); // nothing here is forced under a new name
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
