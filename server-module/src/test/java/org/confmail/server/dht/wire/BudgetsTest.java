package org.confmail.server.dht.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.confmail.server.dht.wire.Budgets.Limits;
import org.confmail.server.dht.wire.Budgets.Pace;
import org.confmail.server.time.ManualTime;
import org.junit.jupiter.api.Test;

class BudgetsTest {
    private static final InetAddress PEER = InetAddress.ofLiteral("203.0.113.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("203.0.113.2");

    private final ManualTime time = new ManualTime();
    private final Budgets budgets =
            new Budgets(new Limits(new Pace(10, 2), new Pace(25, 5), new Pace(1000, 100), new Pace(50, 10)), time);

    private static InetAddress address(int number) throws Exception {
        return InetAddress.getByAddress(
                ByteBuffer.allocate(4).putInt(0x0a000000 + number).array());
    }

    private int requests(InetAddress from) {
        int admitted = 0;
        while (budgets.admitsRequest(from)) {
            admitted++;
        }
        return admitted;
    }

    private void assertReplyBytes(int bytes, InetAddress to) {
        assertTrue(budgets.admitsReply(to, bytes));
        assertFalse(budgets.admitsReply(to, 1));
    }

    @Test
    void burstIsAdmittedAndComesBackWithTime() {
        assertEquals(10, requests(PEER));
        time.advance(Duration.ofSeconds(2));
        assertEquals(4, requests(PEER));
        time.advance(Duration.ofHours(1));
        assertEquals(10, requests(PEER));
    }

    @Test
    void oneAddressDoesNotUseUpTheOthers() {
        assertEquals(10, requests(PEER));
        assertEquals(10, requests(OTHER));
    }

    @Test
    void strangersTogetherHaveTheirLimitAndProvenOnesDontFeelIt() throws Exception {
        budgets.proved(PEER);
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            admitted += budgets.admitsRequest(address(i)) ? 1 : 0;
        }
        assertEquals(25, admitted);
        assertEquals(10, requests(PEER));
    }

    @Test
    void strangerIsSentLittleAndAProvenAddressMore() {
        assertFalse(budgets.isProven(PEER));
        assertFalse(budgets.admitsReply(PEER, 51));
        assertReplyBytes(50, PEER);
        budgets.proved(PEER);
        assertTrue(budgets.isProven(PEER));
        assertReplyBytes(1000, PEER);
        assertFalse(budgets.isProven(OTHER));
    }

    @Test
    void proofGivesNoRequestsBack() {
        assertEquals(10, requests(PEER));
        budgets.proved(PEER);
        assertEquals(0, requests(PEER));
        assertReplyBytes(1000, PEER);
        budgets.proved(PEER);
        assertFalse(budgets.admitsReply(PEER, 1));
    }

    @Test
    void proofEndsUnlessItIsRenewed() {
        budgets.proved(PEER);
        time.advance(Budgets.PROOF_LIFE);
        assertTrue(budgets.isProven(PEER));
        budgets.proved(PEER);
        time.advance(Budgets.PROOF_LIFE);
        assertTrue(budgets.isProven(PEER));
        time.advance(Duration.ofNanos(1));
        assertFalse(budgets.isProven(PEER));
        assertFalse(budgets.admitsReply(PEER, 51));
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        assertEquals(10, requests(InetAddress.ofLiteral("2001:db8:1:2::1")));
        assertEquals(0, requests(InetAddress.ofLiteral("2001:db8:1:2:ffff::9")));
        assertEquals(10, requests(InetAddress.ofLiteral("2001:db8:1:3::1")));
    }

    @Test
    void moreStrangersThanCanBeRememberedAreMetWithSilence() throws Exception {
        Budgets few = new Budgets(
                new Limits(new Pace(1, 1), new Pace(1_000_000, 1), new Pace(1000, 100), new Pace(50, 10)), time);
        for (int i = 0; i < Budgets.STRANGERS_MAX; i++) {
            assertTrue(few.admitsRequest(address(i)));
        }
        assertFalse(few.admitsRequest(PEER));
        assertFalse(few.admitsReply(PEER, 1));
        time.advance(Duration.ofSeconds(1));
        assertTrue(few.admitsRequest(PEER));
        few.proved(OTHER);
        assertTrue(few.admitsRequest(OTHER));
    }

    @Test
    void oldestProofMakesRoom() throws Exception {
        budgets.proved(PEER);
        for (int i = 1; i < Budgets.PROVEN_MAX; i++) {
            budgets.proved(address(i));
        }
        assertTrue(budgets.isProven(PEER));
        budgets.proved(OTHER);
        assertTrue(budgets.isProven(PEER));
        assertFalse(budgets.isProven(address(1)));
    }

    @Test
    void everythingThatAnExistingNodeHoldsGoesThroughAgainAndAgain() {
        Budgets production = new Budgets(Limits.PRODUCTION, time);
        production.proved(PEER);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 20_000; i++) {
                assertTrue(production.admitsRequest(PEER));
            }
            time.advance(Duration.ofMinutes(12));
        }
    }

    @Test
    void strangerIsSentWhatALookupNeeds() {
        Budgets production = new Budgets(Limits.PRODUCTION, time);
        for (int i = 0; i < 5; i++) {
            assertTrue(production.admitsReply(PEER, 700));
        }
        assertFalse(production.admitsReply(PEER, 60_000));
        production.proved(PEER);
        assertTrue(production.admitsReply(PEER, Reassembly.MESSAGE_BYTES_MAX));
    }
}
