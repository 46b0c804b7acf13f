package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.confmail.server.account.Account;
import org.confmail.server.account.AuthKey;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.peer.Peers;
import org.confmail.server.disk.Disk;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.session.Await;
import org.confmail.server.time.ManualTime;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.PreferredConnection;
import org.confmail.shared.config.RetrySchedule;

/** Queue and sender on a directory, with other servers that are scripted and a clock that a test moves. */
final class RunningDelivery implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    final SendQueue queue;
    final Delivery delivery;
    final ManualTime time = new ManualTime();
    final Metrics metrics = new Metrics();

    private final Path root;
    private final AtomicReference<Instant> now;
    private final AtomicReference<Settings.Delivery> settings = new AtomicReference<>(Queues.SETTINGS);

    /** What is not as usual. */
    record With(Instant now, Optional<OwnDht> dht, Duration linger, Optional<Settings.Replication> partner) {
        static final With USUAL = new With(NOW, Optional.empty(), Duration.ZERO, Optional.of(Queues.REPLICATION));

        With at(Instant moment) {
            return new With(moment, dht, linger, partner);
        }

        With dht(OwnDht node) {
            return new With(now, Optional.of(node), linger, partner);
        }

        With linger(Duration patience) {
            return new With(now, dht, patience, partner);
        }

        With partner(HostPort server) {
            return new With(now, dht, linger, Optional.of(Queues.replication(server)));
        }

        With noPartner() {
            return new With(now, dht, linger, Optional.empty());
        }
    }

    /** Starts on {@code root/sendqueue}. */
    RunningDelivery(Path root, Disk disk, Peers peers, With with) throws IOException {
        this.root = root;
        this.now = new AtomicReference<>(with.now());
        partner(with.partner());
        Path directory = Files.createDirectories(root.resolve("sendqueue"));
        queue = SendQueue.open(Queues.places(directory), disk, now::get, settings::get);
        Settings.Routes routes = new Settings.Routes(
                Optional.empty(), Optional.empty(), Optional.empty(), false, PreferredConnection.DIRECT);
        delivery = Delivery.start(new Delivery.Parts(
                queue,
                Queues.places(directory),
                disk,
                peers,
                with.dht(),
                settings::get,
                () -> routes,
                now::get,
                time,
                time,
                new Random(1),
                metrics,
                with.linger()));
    }

    void partner(Optional<Settings.Replication> partner) {
        settings.updateAndGet(
                old -> new Settings.Delivery(partner, old.expiry(), old.runQueueInterval(), old.retrySchedule()));
    }

    void schedule(RetrySchedule schedule) {
        settings.updateAndGet(
                old -> new Settings.Delivery(old.replication(), old.expiry(), old.runQueueInterval(), schedule));
    }

    /** Moves clock and timers on; not before the sender has come to rest. */
    void pass(Duration duration) throws Exception {
        awaitRest();
        jump(duration);
        awaitRest();
    }

    /** Moves clock and timers on, and leaves it to the sender's own alarm to see it. */
    void tick(Duration duration) {
        now.updateAndGet(before -> before.plus(duration));
        time.advance(duration);
    }

    /** Moves clock and timers on, whatever is going on. */
    void jump(Duration duration) {
        now.updateAndGet(before -> before.plus(duration));
        time.advance(duration.isNegative() ? Duration.ZERO : duration);
        delivery.wake();
    }

    /** Waits until nothing is being sent and nothing is due. */
    void awaitRest() throws Exception {
        Await.until(() -> "rest: " + delivery.targets(), this::rests);
    }

    private boolean rests() {
        return delivery.targets().stream()
                .allMatch(target -> target.state() != TargetStatus.State.SENDING
                        && (target.state() == TargetStatus.State.NO_PARTNER
                                || target.nextAttempt()
                                        .filter(next -> !next.isAfter(now.get()))
                                        .isEmpty()));
    }

    TargetStatus partner() {
        return delivery.targets().stream()
                .filter(target -> target.target().equals(Target.PARTNER))
                .findFirst()
                .orElseThrow();
    }

    /** A text for the partner; its key is made of its name. */
    void text(String name) throws IOException {
        text(name, "Type: acknowledgment\nName: " + name + "\n");
    }

    void text(String name, String block) throws IOException {
        queue.replicate(key(name), "none", Blocks.bytes(block));
    }

    /** A data block for the partner. */
    void data(String name) throws IOException {
        byte[] block = Blocks.bytes("Type: data\nData: " + name.length() + "\n" + name);
        MessageDigest naming = SendQueue.naming(key(name), "none");
        naming.update(block);
        Path file = Files.write(Files.createTempFile(root, "data", ".block"), block);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            queue.replicate(key(name), "none", naming, channel);
        } finally {
            Files.delete(file);
        }
    }

    void account(String user, String key) throws IOException {
        queue.pass(List.of(new Account(user, new AuthKey(key))));
    }

    /** An announcement that names data blocks. */
    void announcement(String name, String... data) throws IOException {
        StringBuilder block = new StringBuilder("Type: message-announcement\nName: " + name + "\n");
        for (String each : data) {
            block.append("DataBlock: ").append(key(each)).append('\n');
        }
        text(name, block.toString());
    }

    /** A text for other servers. */
    void proxy(String name, String... postTo) throws IOException {
        proxy(name, Optional.empty(), Optional.of(String.valueOf(now.get())), postTo);
    }

    void proxy(String name, Optional<Instant> embargo, Optional<String> date, String... postTo) throws IOException {
        StringBuilder block = new StringBuilder();
        for (String each : postTo) {
            block.append("Post-To: ").append(each).append('\n');
        }
        block.append("Type: acknowledgment\n");
        date.ifPresent(stamp -> block.append("Date: ").append(stamp).append('\n'));
        queue.proxy(
                key(name),
                embargo,
                Blocks.bytes(block.append("Name: " + name + "\n").toString()));
    }

    static Key key(String name) {
        return Key.sha1(Blocks.bytes(name));
    }

    /** The command that replicates what {@link #text}, {@link #data} and {@link #announcement} queue. */
    static String replicate(String name) {
        return "REPLICATE " + key(name) + " none";
    }

    static String store(String name) {
        return "STORE SERVER " + key(name);
    }

    /** The files in the queue's directory. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("sendqueue"))) {
            return files.toList();
        }
    }

    long counter(String name) {
        return metrics.samples().stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Override
    public void close() {
        delivery.close();
    }
}
