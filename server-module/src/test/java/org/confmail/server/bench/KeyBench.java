package org.confmail.server.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confmail.server.block.Judgment;
import org.confmail.server.block.Key;
import org.confmail.server.block.KnownKeys;
import org.confmail.server.block.Limits;
import org.confmail.server.block.Poster;
import org.confmail.server.block.TextRules;
import org.confmail.server.openpgp.ClearSigned;
import org.confmail.server.openpgp.Fixtures;
import org.confmail.server.openpgp.OpenPgpException;
import org.confmail.server.openpgp.PublicKey;

/**
 * Prints what it costs to judge a key-announcement, and a claim whose key is known, in processor time of the judging thread. Of
 * each kind of key there is one, but nothing of it is remembered from one round to the next.
 */
final class KeyBench {
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 500;

    private KeyBench() {}

    public static void main(String[] arguments) throws OpenPgpException {
        System.out.println("key-announcement");
        List<String> names = List.of(
                "rsa2048",
                "rsa1024",
                "rsa3072",
                "rsa4096",
                "dsa1024",
                "dsa2048",
                "dsa3072",
                "nistp256",
                "nistp384",
                "nistp521",
                "brainpoolP256r1",
                "brainpoolP384r1",
                "brainpoolP512r1",
                "secp256k1",
                "ed25519",
                "subkeys-rsa",
                "subkey-second",
                "userid-photo",
                "gnupg1-rsa2048");
        for (String name : names) {
            byte[] posted = Fixtures.bytes(name + ".key-announcement");
            PublicKey key = PublicKey.in(ClearSigned.parse(posted, 0, posted.length));
            measure(name, Key.of(key.fingerprint()), posted, KnownKeys.NONE);
        }
        System.out.println("address-claim, its key known");
        for (String name : List.of("rsa2048", "rsa4096", "ed25519")) {
            byte[] known = Fixtures.bytes(name + ".key-announcement");
            Key address = Key.sha1("n@example.test".getBytes(StandardCharsets.US_ASCII));
            measure(name, address, Fixtures.bytes(name + ".address-claim"), fingerprint -> Optional.of(known));
        }
    }

    private static void measure(String name, Key key, byte[] posted, KnownKeys known) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Limits limits = Limits.server(Map.of());
        long[] micros = new long[ROUNDS];
        long first = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            if (!(TextRules.judge(key, posted, limits, Fixtures.NOW, Poster.ANYONE, known) instanceof Judgment.Valid)) {
                throw new IllegalStateException(name + " is not valid");
            }
            long spent = (threads.getCurrentThreadCpuTime() - start) / 1_000;
            if (round == -WARM_UP) {
                first = spent;
            } else if (round >= 0) {
                micros[round] = spent;
            }
        }
        Arrays.sort(micros);
        System.out.printf(
                "%16s %6d bytes: first %6d us, median %5d us, 99 %% under %5d us%n",
                name, posted.length, first, micros[ROUNDS / 2], micros[ROUNDS * 99 / 100]);
    }
}
