package org.confmail.server.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    private static final Key OWN = Key.of(new byte[Key.BYTES]);

    private final RandomGenerator random = new SplittableRandom(1);
    private final RoutingTable table = new RoutingTable(OWN, new SimulatedLoop());
    private int made;

    /** A contact in the part of the key space that shares exactly so many bits with the own id. */
    private Contact sharing(int bits) {
        return new Contact(Distance.randomSharing(OWN, bits, random), SimulatedNet.address(made++));
    }

    private static Contact at(Contact contact, String address) {
        return new Contact(contact.id(), new InetSocketAddress(InetAddress.ofLiteral(address), 8081));
    }

    private void fail(Contact contact, int times) {
        for (int i = 0; i < times; i++) {
            table.failed(contact);
        }
    }

    @Test
    void onlyTheBucketOfTheOwnIdSplits() {
        for (int i = 0; i < 100; i++) {
            table.answered(sharing(0));
        }
        assertEquals(2, table.buckets().size());
        assertEquals(Bucket.K, table.size());
        assertEquals(
                Bucket.REPLACEMENTS_MAX,
                table.buckets().getFirst().replacements().size());
        for (int i = 0; i < 100; i++) {
            table.answered(sharing(i % 12));
        }
        assertEquals(12, table.buckets().size());
        for (int i = 0; i < 12; i++) {
            assertEquals(Bucket.K, table.buckets().get(i).entries().size());
        }
    }

    @Test
    void closestAreThoseThatANaiveSearchFinds() {
        List<Contact> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Contact contact = sharing(i % 10);
            table.answered(contact);
            if (table.find(contact.id()).isPresent()) {
                all.add(contact);
            }
        }
        assertEquals(all.size(), table.size());
        for (int i = 0; i < 200; i++) {
            Key target = Distance.randomSharing(OWN, random.nextInt(14), random);
            List<Contact> expected = all.stream()
                    .sorted(Comparator.comparing(Contact::id, Distance.to(target)))
                    .limit(Bucket.K)
                    .toList();
            assertEquals(expected, table.closest(target, Bucket.K), target::toString);
        }
    }

    @Test
    void contactThatFailsFiveTimesIsReplacedByTheOneThatAnsweredLast() {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < Bucket.K + 2; i++) {
            contacts.add(sharing(0));
            table.answered(contacts.getLast());
        }
        fail(contacts.getFirst(), 4);
        assertTrue(table.find(contacts.getFirst().id()).isPresent());
        table.failed(contacts.getFirst());
        assertFalse(table.find(contacts.getFirst().id()).isPresent());
        assertTrue(table.closest(contacts.getLast().id(), 1).contains(contacts.getLast()));
        // Without a replacement it stays, but nobody hears of it until it answers.
        Contact lonely = sharing(5);
        table.answered(lonely);
        fail(lonely, 5);
        assertEquals(Bucket.K, table.size());
        assertFalse(table.closest(lonely.id(), 20).contains(lonely));
        table.answered(lonely);
        assertTrue(table.closest(lonely.id(), 20).contains(lonely));
    }

    @Test
    void answersBetweenFailuresKeepAContact() {
        Contact contact = sharing(3);
        table.answered(contact);
        for (int i = 0; i < 10; i++) {
            fail(contact, 4);
            table.answered(contact);
        }
        assertTrue(table.find(contact.id()).isPresent());
    }

    @Test
    void oneEntryForEachIdAndEachAddress() {
        Contact first = at(sharing(2), "20.0.0.1");
        table.answered(first);
        Contact elsewhere = at(first, "20.0.1.1");
        assertFalse(table.wants(elsewhere));
        assertEquals(Optional.of(first), table.answered(elsewhere), "it does not move");
        assertEquals(List.of(first), table.closest(OWN, 8));
        table.moved(first, elsewhere);
        assertEquals(List.of(elsewhere), table.closest(OWN, 8));
        // Another id that answers there is what is there now.
        Contact renamed = at(sharing(4), "20.0.1.1");
        assertEquals(Optional.empty(), table.answered(renamed));
        assertEquals(List.of(renamed), table.closest(OWN, 8));
    }

    @Test
    void ownIdNeverEnters() {
        Contact self = new Contact(OWN, SimulatedNet.address(1));
        assertFalse(table.wants(self));
        table.answered(self);
        assertEquals(0, table.size());
    }

    @Test
    void atMostTwoOfOneSubnetShareABucket() {
        for (String prefix : List.of("20.0.0.", "2001:db8::")) {
            for (int i = 1; i <= 5; i++) {
                table.answered(at(sharing(0), prefix + i));
            }
        }
        assertEquals(4, table.size());
        table.answered(at(sharing(1), "20.0.0.9"));
        for (int i = 1; i <= 5; i++) {
            table.answered(at(sharing(6), "192.168.0." + i));
        }
        assertEquals(4 + 5, table.size(), "private ones are exempt; and there is one bucket yet");
    }

    @Test
    void crowdOfStrangersDoesNotDriveOutWhoIsThere() {
        List<Contact> first = new ArrayList<>();
        for (int i = 0; i < Bucket.K; i++) {
            first.add(sharing(0));
            table.answered(first.getLast());
        }
        for (int i = 0; i < 1000; i++) {
            table.answered(sharing(0));
        }
        first.forEach(contact -> assertTrue(table.find(contact.id()).isPresent(), contact::toString));
        assertEquals(Bucket.K, table.size());
    }
}
