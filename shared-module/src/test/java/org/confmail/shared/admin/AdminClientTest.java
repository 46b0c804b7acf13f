package org.confmail.shared.admin;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of something that only pretends to be a server. */
class AdminClientTest {
    private static final LogMethods.Follow EVERYTHING =
            new LogMethods.Follow(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    /** Answers the first request with these lines. */
    private Path serve(String answer) throws IOException {
        Path path = directory.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Thread.ofVirtual().start(() -> {
            try (server;
                    SocketChannel client = server.accept()) {
                client.read(ByteBuffer.allocate(4096));
                client.write(ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8)));
                while (client.read(ByteBuffer.allocate(4096)) >= 0) {
                    // until it hangs up
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return path;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"subscription\":\"none\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"subscription\":{}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"error\":{\"code\":\"x\",\"message\":[]}}",
                "220 mail.example.com ESMTP",
            })
    void nonsenseEndsTheWaitForAnAnswer(String answer) throws Exception {
        try (AdminClient client = AdminClient.connect(serve(answer))) {
            assertTimeoutPreemptively(SOON, () -> {
                Exception failure = assertThrows(
                        Exception.class,
                        () -> client.subscribe(LogMethods.FOLLOW, EVERYTHING, LogMethods.LOG_LINES, _ -> {}));
                assertTrue(failure instanceof IOException || failure instanceof AdminException, failure::toString);
            });
        }
    }

    @Test
    void consumerThatFailsEndsTheConnectionWithItsReason() throws Exception {
        Path path = serve(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"subscription\":7}}\n"
                        + "{\"jsonrpc\":\"2.0\",\"method\":\"log.lines\",\"params\":{\"subscription\":7,\"lost\":0,\"lines\":[]}}");
        try (AdminClient client = AdminClient.connect(path)) {
            client.subscribe(LogMethods.FOLLOW, EVERYTHING, LogMethods.LOG_LINES, _ -> {
                throw new IllegalStateException("a defect");
            });
            IOException reason =
                    assertTimeoutPreemptively(SOON, () -> client.ended().join());
            assertTrue(String.valueOf(reason.getMessage()).contains("a defect"), reason::toString);
        }
    }
}
