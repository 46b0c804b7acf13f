package org.confmail.server.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.PostToLine;
import org.confmail.server.config.Settings;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.PreferredConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostToTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server=a.example:1 | server=a.example:1",
                "Server=B.example:2,a.example:1 | server=a.example:1,b.example:2",
                "server=a.example:1,a.example:1 | server=a.example:1",
                "server=[2001:DB8::1]:8081 | server=[2001:db8::1]:8081",
                "server=bad host:1,a.example:0,c.example:3, d.example:4 | server=c.example:3,d.example:4",
                "entangled | entangled",
                "Entangled | entangled"
            })
    void linesNameTargets(String value, String id) {
        assertEquals(Optional.of(id), Target.posted(value).map(Target::id));
        assertEquals(Target.posted(value), Target.named(id));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"server=", "server=a.example", "server=a.example:99999", "a.example:1", "replication", "entangled2"
            })
    void otherLinesNameNone(String value) {
        assertEquals(Optional.empty(), Target.posted(value));
    }

    @Test
    void partnerHasAName() {
        assertEquals(Optional.of(Target.PARTNER), Target.named("replication"));
    }

    @Test
    void onlySoManyAlternativesCount() {
        String line = "server=" + "h1.example:1,h2.example:1,h3.example:1,h4.example:1,h5.example:1,h6.example:1,"
                + "h7.example:1,h8.example:1,h9.example:1";
        assertEquals(
                8,
                ((Target.Servers) Target.posted(line).orElseThrow()).servers().size());
    }

    @Test
    void blockWithoutAnyServerOrWithTooManyLinesIsAProblem() {
        assertEquals(Optional.empty(), PostTo.problem(Blocks.bytes("""
Post-To: rubbish
Post-To: entangled
""")));
        assertEquals(
                Optional.of("no Post-To line that names a server"), PostTo.problem(Blocks.bytes("Post-To: rubbish")));
        assertEquals(
                Optional.of("101 Post-To lines, allowed are 100"),
                PostTo.problem(Blocks.bytes(("Post-To: server=a.example:1" + "\n").repeat(101))));
    }

    @Test
    void linesAreStrippedWhereverTheyStand() {
        String block = """
Post-To: x
A: 1
NextMessage
post-TO: b
B: Post-To: 2
last
""";
        String stripped = """
A: 1
NextMessage
B: Post-To: 2
last
""";
        assertEquals(stripped, Blocks.text(PostToLine.strip(Blocks.bytes(block))));
        byte[] none = Blocks.bytes("""
Post-To
Post-To:x
\040Post-To: x
""");
        assertSame(none, PostToLine.strip(none));
    }

    @Test
    void onlyTheLinesOfTheRestAreKept() {
        Set<Target> rest = Set.of(Target.named("server=a.example:1,b.example:1").orElseThrow());
        String lines = """
Post-To: server=a.example:1
A: 1
Post-To: server=b.example:1,A.example:1
Post-To: rubbish
B: 2
Post-To: entangled
""";
        assertEquals("""
A: 1
Post-To: server=b.example:1,A.example:1
B: 2
""", Blocks.text(PostTo.keep(Blocks.bytes(lines), rest)));
    }

    @ParameterizedTest
    @CsvSource({
        "DIRECT, false, direct onion i2p",
        "TOR, false, onion direct i2p",
        "DIRECT, true, onion direct i2p",
        "I2P, false, i2p onion direct",
        "I2P, true, i2p onion direct"
    })
    void serversAreTriedInTheOrderOfTheirKinds(PreferredConnection preferred, boolean exitNode, String expected) {
        Settings.Routes routes =
                new Settings.Routes(Optional.empty(), Optional.empty(), Optional.empty(), exitNode, preferred);
        List<HostPort> servers =
                List.of(new HostPort("x.i2p", 1), new HostPort("x.direct", 1), new HostPort("x.onion", 1));
        assertEquals(
                expected,
                ServerOrder.of(servers, routes, new Random(1)).stream()
                        .map(server -> server.host().substring(2))
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void serversOfOneKindAreTriedAtRandom() {
        Settings.Routes routes = new Settings.Routes(
                Optional.empty(), Optional.empty(), Optional.empty(), false, PreferredConnection.DIRECT);
        Random random = new Random(1);
        List<HostPort> servers = List.of(new HostPort("a", 1), new HostPort("b", 1));
        int first = 0;
        for (int n = 0; n < 100; n++) {
            first += ServerOrder.of(servers, routes, random).getFirst().host().equals("a") ? 1 : 0;
        }
        assertTrue(first > 20 && first < 80);
    }
}
