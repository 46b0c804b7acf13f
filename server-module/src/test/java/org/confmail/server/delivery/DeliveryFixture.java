package org.confmail.server.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.confmail.server.delivery.RunningDelivery.With;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.session.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A delivery with a partner whose answers a test chooses. */
abstract class DeliveryFixture {
    static final String ADD = "REPLOGIN FREDERIC SOMEKEY1";
    static final String REMOVE = "REPLOGIN disabled SOMEKEY1";

    @TempDir
    Path root;

    final FakePeers peers = new FakePeers();
    final List<RunningDelivery> started = new ArrayList<>();

    RunningDelivery start() throws IOException {
        return start(With.USUAL);
    }

    RunningDelivery start(With with) throws IOException {
        RunningDelivery running = new RunningDelivery(root, new FileDisk(), peers, with);
        started.add(running);
        return running;
    }

    @AfterEach
    void stop() {
        started.forEach(RunningDelivery::close);
        assertEquals(0, peers.open());
    }

    void awaitTaken(String... commands) throws Exception {
        Await.until(
                () -> List.of(commands) + "; taken are " + peers.commands(),
                () -> peers.commands().equals(List.of(commands)));
    }

    /** What was taken, in no order of targets. */
    private Set<String> taken() {
        return new TreeSet<>(peers.taken().stream()
                .map(each -> each.lines().findFirst().orElseThrow())
                .toList());
    }

    /** Waits until the servers have taken these, each {@code host:port command}, in any order. */
    void awaitTakenBy(String... expected) throws Exception {
        Set<String> all = new TreeSet<>(List.of(expected));
        Await.until(() -> all + "; taken are " + taken(), () -> taken().equals(all));
    }

    static void await(CountDownLatch latch) throws PeerFailure {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw FakePeers.failure(Kind.TIME_OUT);
            }
        } catch (InterruptedException e) {
            throw FakePeers.failure(Kind.CLOSED);
        }
    }
}
