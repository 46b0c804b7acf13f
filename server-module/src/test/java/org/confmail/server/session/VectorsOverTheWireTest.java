package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Vectors;
import org.confmail.server.block.Vectors.MergeCase;
import org.confmail.server.block.Vectors.Verdict;
import org.confmail.server.session.TestServer.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real blocks posted to a server and fetched back. */
class VectorsOverTheWireTest {
    @TempDir
    Path home;

    /** Keys and claims are dropped until the server can check their signatures. */
    private static boolean isTaken(BlockType type) {
        return !type.isPublic();
    }

    @Test
    void whatIsAcceptedComesBackToTheByteAndTheRestIsDropped() throws Exception {
        for (Verdict verdict : Vectors.verdicts()) {
            // A home each: several vectors are of one key.
            try (TestServer server = TestServer.start(
                            Files.createDirectory(home.resolve(verdict.file())), Setup.USUAL.at(Vectors.BLOCKS_NOW));
                    TestClient client = server.user()) {
                assertEquals("DONE", client.store("STORE SERVER " + verdict.key(), verdict.content()), verdict.file());
                Optional<byte[]> back = client.get("GET SERVER " + verdict.key());
                assertEquals(verdict.server() && isTaken(verdict.type()), back.isPresent(), verdict.file());
                if (back.isPresent()) {
                    assertArrayEquals(verdict.content(), back.get(), verdict.file());
                }
                assertEquals("PONG", client.ask("PING"));
            }
        }
    }

    static Stream<MergeCase> mergeCases() {
        return Vectors.mergeCases().stream().filter(one -> isTaken(one.type()));
    }

    @ParameterizedTest
    @MethodSource("mergeCases")
    void postsToOneKeyBecomeWhatTheOldServerMadeOfThem(MergeCase posts) throws Exception {
        // This one expires at 15:34:55, and the old server still saw it.
        Instant now = posts.toString().equals("announcement-nearly-expired")
                ? Instant.parse("2026-11-22T15:34:50Z")
                : Vectors.MERGE_NOW;
        try (TestServer server = TestServer.start(home, Setup.USUAL.at(now));
                TestClient client = server.user()) {
            for (byte[] post : posts.posts()) {
                assertEquals("DONE", client.store("STORE SERVER " + posts.key(), post));
            }
            Optional<byte[]> back = client.get("GET SERVER " + posts.key());
            assertEquals(posts.isStored(), back.isPresent());
            if (back.isPresent()) {
                assertEquals(sections(posts.stored()), sections(back.get()));
            }
        }
    }

    /** Announcements in any order. */
    private static List<String> sections(byte[] block) {
        return Arrays.stream(Blocks.text(block).split("NextMessage\n", -1))
                .sorted()
                .toList();
    }

    @Test
    void keysAndClaimsInTheStoreAreForEverybody() throws Exception {
        List<Verdict> open = Vectors.verdicts().stream()
                .filter(verdict -> verdict.server() && verdict.type().isPublic())
                .toList();
        assertTrue(open.stream().anyMatch(verdict -> verdict.type() == BlockType.KEY_ANNOUNCEMENT));
        assertTrue(open.stream().anyMatch(verdict -> verdict.type() == BlockType.ADDRESS_CLAIM));
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            for (Verdict verdict : open) {
                server.put(verdict.key(), verdict.content());
                assertArrayEquals(
                        verdict.content(),
                        client.get("GET SERVER " + verdict.key()).orElseThrow(),
                        verdict.file());
            }
        }
    }

    @Test
    void mailInTheStoreIsForThoseWhoLoggedIn() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient anybody = server.client();
                TestClient user = server.user()) {
            for (Verdict verdict : Vectors.verdicts()) {
                if (!verdict.server() || verdict.type().isPublic()) {
                    continue;
                }
                server.put(verdict.key(), verdict.content());
                assertEquals("NOT FOUND", anybody.ask("GET SERVER " + verdict.key()), verdict.file());
                assertArrayEquals(
                        verdict.content(),
                        user.get("GET SERVER " + verdict.key()).orElseThrow(),
                        verdict.file());
            }
        }
    }
}
