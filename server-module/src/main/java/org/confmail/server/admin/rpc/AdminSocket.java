package org.confmail.server.admin.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;
import org.confmail.server.disk.Disk;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.net.LocalListener;
import org.confmail.server.time.Scheduler;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminJson;
import org.confmail.shared.admin.AdminMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin socket of a running server, with its clients. */
public final class AdminSocket implements AutoCloseable {
    /** A console keeps one or two; scripts come and go. */
    public static final int CLIENTS_MAX = 256;

    /** Requests executed at a time; all others wait. */
    private static final int RUNNING_MAX = 16;

    /** Messages of over 64 KiB read at a time, up to 2 MiB each. */
    private static final int LARGE_MAX = 4;

    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final Methods methods;
    private final AdminConnection.Shared shared;
    private final Set<AdminConnection> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final Pulse pulse;
    private final LocalListener listener;

    private AdminSocket(
            Path path,
            Optional<String> group,
            String mark,
            Disk disk,
            Methods methods,
            Scheduler scheduler,
            DeadlineWatch deadlines,
            Pulse pulse)
            throws IOException {
        this.methods = methods;
        this.shared =
                new AdminConnection.Shared(new Semaphore(RUNNING_MAX), new Semaphore(LARGE_MAX), scheduler, deadlines);
        this.pulse = pulse;
        this.listener = LocalListener.bind(path, group, mark, disk, this::accept);
    }

    /**
     * Opens the socket; it serves when this returns.
     *
     * @param mark see {@link LocalListener#bind}
     * @param pulse given by whatever has news for subscribers
     * @throws IOException with what to do, when the socket cannot be made
     */
    public static AdminSocket open(
            Path path,
            Optional<String> group,
            String mark,
            Disk disk,
            Methods methods,
            Scheduler scheduler,
            DeadlineWatch deadlines,
            Pulse pulse)
            throws IOException {
        AdminSocket socket = new AdminSocket(path, group, mark, disk, methods, scheduler, deadlines, pulse);
        pulse.start(() -> socket.clients.forEach(AdminConnection::wake));
        socket.listener.start();
        return socket;
    }

    /** How many clients are connected. */
    public int clients() {
        return open.get();
    }

    /** Removes the socket and hangs up on all clients. */
    @Override
    public void close() throws IOException {
        try {
            listener.close();
        } finally {
            pulse.close();
            clients.forEach(AdminConnection::hangUp);
        }
    }

    private void accept(SocketChannel channel) {
        if (open.incrementAndGet() > CLIENTS_MAX) {
            open.decrementAndGet();
            refuse(channel);
            return;
        }
        AdminConnection connection = new AdminConnection(channel, who(channel), methods, shared);
        clients.add(connection);
        Thread.ofVirtual().name("admin-reader").start(() -> {
            try {
                connection.run();
            } finally {
                clients.remove(connection);
                open.decrementAndGet();
            }
        });
    }

    private static String who(SocketChannel channel) {
        try {
            return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "a local user"; // Windows does not tell
        }
    }

    private static void refuse(SocketChannel channel) {
        LOG.warn("admin socket: {} clients are connected; one more was refused", CLIENTS_MAX);
        AdminMessage busy = new AdminMessage.Failure(
                AdminMessage.NO_ID, AdminError.BUSY, "too many clients of the admin socket; end one first");
        try (channel) {
            channel.configureBlocking(false);
            channel.write(ByteBuffer.wrap(AdminJson.bytes(busy.toJson())));
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        } catch (IOException e) {
            LOG.debug("refusing an admin connection", e);
        }
    }
}
