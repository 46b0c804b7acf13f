package org.confmail.server.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays all conversations with a server of their own, in plain text and inside TLS. */
class ConversationTest {
    @TempDir
    Path home;

    static Stream<Arguments> conversations() throws Exception {
        List<Arguments> all = new ArrayList<>();
        for (Conversation conversation : Conversation.all()) {
            all.add(Arguments.of(conversation, "plain"));
            if (!conversation.plainOnly()) {
                all.add(Arguments.of(conversation, "TLS"));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void goesAsWritten(Conversation conversation, String transport) throws Exception {
        try (TestServer server = TestServer.start(home, TestServer.Setup.USUAL.withPartner())) {
            conversation.play(server.port(), transport.equals("TLS"));
        }
    }
}
