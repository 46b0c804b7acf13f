package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.confmail.server.disk.FileDisk;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LocalListenerTest {
    private static final String MARK = "0123abcd";

    @TempDir
    Path directory;

    private final BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();

    private Path path() {
        return directory.resolve("admin.sock");
    }

    private LocalListener listen(Optional<String> group) throws IOException {
        LocalListener listener = LocalListener.bind(path(), group, MARK, new FileDisk(), accepted::add);
        listener.start();
        return listener;
    }

    private void assertServed() throws Exception {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
            SocketChannel there = accepted.poll(10, TimeUnit.SECONDS);
            assertTrue(there != null, "not accepted");
            there.close();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void onlyTheOwnerMayOpenItAndNothingElseIsLeft() throws Exception {
        try (LocalListener _ = listen(Optional.empty())) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
            assertServed();
            assertEquals(List.of("admin.sock"), names());
        }
        assertEquals(List.of(), names());
    }

    @Test
    void namedGroupMayOpenIt() throws Exception {
        String group = Files.readAttributes(directory, PosixFileAttributes.class)
                .group()
                .getName();
        try (LocalListener _ = listen(Optional.of(group))) {
            assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
            assertServed();
        }
        IOException refused = assertThrows(IOException.class, () -> listen(Optional.of("no-such-group")));
        assertTrue(refused.toString().contains("no-such-group"), refused::toString);
        assertEquals(List.of(), names());
    }

    @Test
    void otherUsersCannotOpenIt() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can become another user");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is missing");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is missing");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (LocalListener _ = listen(Optional.empty())) {
            assertEquals("refused", connectAsNobody());
            Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-rw-rw-"));
            assertEquals("connected", connectAsNobody()); // the test can tell
        }
    }

    private String connectAsNobody() throws Exception {
        String program = """
                import socket, sys
                try:
                    socket.socket(socket.AF_UNIX).connect(sys.argv[1])
                    print("connected")
                except PermissionError:
                    print("refused")
                """;
        Process process = new ProcessBuilder(
                        "/usr/bin/setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "/usr/bin/python3",
                        "-c",
                        program,
                        path().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    @Test
    void staleFileOfADeadProcessIsReplaced() throws Exception {
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(path()));
        dead.close();
        assertTrue(Files.exists(path()));
        Files.createDirectory(directory.resolve(".a" + MARK)); // of one that was killed just then
        try (LocalListener _ = listen(Optional.empty())) {
            assertServed();
        }
        assertFalse(Files.exists(path()));
    }

    @Test
    void liveSocketAndOtherFilesAreLeftAlone() throws Exception {
        try (LocalListener _ = listen(Optional.empty())) {
            IOException refused = assertThrows(IOException.class, () -> listen(Optional.empty()));
            assertTrue(refused.toString().contains("another process listens"), refused::toString);
            accepted.poll(10, TimeUnit.SECONDS); // the look whether somebody listens
            assertServed();
        }
        Files.writeString(path(), "mine");
        assertThrows(IOException.class, () -> listen(Optional.empty()));
        assertEquals("mine", Files.readString(path()));
    }

    @Test
    void fileOfASuccessorIsNotRemoved() throws Exception {
        LocalListener first = listen(Optional.empty());
        Files.delete(path());
        try (LocalListener _ = listen(Optional.empty())) {
            first.close();
            assertServed();
        }
    }

    @Test
    void pathThatIsTooLongIsToldWithItsRemedy() {
        Path deep = directory.resolve("d".repeat(100)).resolve("admin.sock");
        IOException refused = assertThrows(
                IOException.class,
                () -> LocalListener.bind(deep, Optional.empty(), MARK, new FileDisk(), accepted::add));
        assertTrue(refused.toString().contains("admin_socket: /"), refused::toString);
        assertTrue(refused.toString().contains("103"), refused::toString);
    }
}
