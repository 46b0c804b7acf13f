package org.confmail.server.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.confmail.server.dht.TestDht;
import org.confmail.server.dht.wire.Budgets;

/**
 * A server's node of the DHT in a process of its own, without the budgets that production has: one address sends it more in a
 * second than it would answer in an hour. There is no other way to take them off.
 */
final class DhtNode {
    /** The line that says the port; what follows it. */
    static final String READY = "node on port ";

    private static final Budgets.Pace ANY = new Budgets.Pace(1L << 50, 1L << 40);
    private static final Budgets.Limits NONE = new Budgets.Limits(ANY, ANY, ANY, ANY);

    private DhtNode() {}

    /** @param arguments the home, which is made */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (TestDht node = new TestDht(Path.of(arguments[0]), 0, List.of(), InstantSource.system(), NONE)) {
            System.out.println(READY + node.dht().port());
            new CountDownLatch(1).await();
        }
    }

    static int port(MeasuredProcess process) {
        String line = process.readyLine();
        return Integer.parseInt(line.substring(line.indexOf(READY) + READY.length()));
    }
}
