package org.confmail.server.delivery.peer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.confmail.shared.config.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with servers that say what a test has them say. */
abstract class PeersFixture {
    static final String KEY = "PartnerKey01";
    static final String BLOCK = "7F3A000000000000000000000000000000000000";

    final PeersUnderTest under = new PeersUnderTest();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        under.close();
    }

    static Destination partner(ScriptedPeer peer) {
        return new Destination.Partner(peer.address(), Optional.of(new Secret(KEY)), Optional.empty());
    }

    PeerSession open(ScriptedPeer peer) throws PeerFailure {
        return under.peers.open(new Destination.Open(peer.address()));
    }

    PeerFailure refused(Destination destination) {
        PeerFailure failure = assertThrows(PeerFailure.class, () -> under.peers.open(destination));
        assertTrue(failure.reason().startsWith(destination.server() + ": "), failure.reason());
        return failure;
    }

    PeerFailure refused(ScriptedPeer.Script script) throws IOException {
        try (ScriptedPeer peer = ScriptedPeer.playing(script)) {
            return refused(new Destination.Open(peer.address()));
        }
    }
}
