package org.confmail.shared.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A connection to a server's admin socket. Any thread may call; answers and events come in on one thread of its own, in which
 * the consumers of events run: those must not call the server, nor wait long, or the server will count lines as lost.
 */
public final class AdminClient implements AutoCloseable {
    /** More than a server takes for any answer ({@link AdminError#TIME_OUT} comes before). */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SocketChannel channel;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Map<Long, Sink> sinks = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
    private final CompletableFuture<IOException> ended = new CompletableFuture<>();
    /** Guards writing, so that two requests do not mix. */
    private final ReentrantLock writing = new ReentrantLock();

    private AdminClient(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects to the socket at {@code path}.
     *
     * @throws IOException when nobody answers there, or when this user may not
     */
    public static AdminClient connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        AdminClient client = new AdminClient(channel);
        Thread.ofVirtual().name("admin-client").start(client::readAll);
        return client;
    }

    /**
     * Calls a method and waits for its answer.
     *
     * @throws AdminException when the server did not do it, for the reason that it gives
     * @throws IOException when the connection has ended
     */
    public <P extends Record, R extends Record> R call(AdminMethod<P, R> method, P params)
            throws IOException, AdminException {
        return AdminJson.result(call(method.name(), AdminJson.tree(params)), method.result());
    }

    /** Calls a method that takes no parameters, as {@link #call(AdminMethod, Record)}. */
    public <R extends Record> R call(AdminMethod<AdminMethod.Nothing, R> method) throws IOException, AdminException {
        return call(method, AdminMethod.Nothing.AT_ALL);
    }

    /** Calls a method of any name, with what is known of it, as {@link #call(AdminMethod, Record)}. */
    public JsonNode call(String method, JsonNode params) throws IOException, AdminException {
        return await(send(method, params, result -> {}));
    }

    /**
     * Subscribes; {@code sink} gets each event, in order, from the first on.
     *
     * @throws AdminException when the server did not do it
     * @throws IOException when the connection has ended
     */
    public <P extends Record, E extends Record> Subscribed subscribe(
            AdminMethod<P, Subscribed> method, P params, AdminEvent<E> event, Consumer<E> sink)
            throws IOException, AdminException {
        CompletableFuture<JsonNode> answer = send(
                method.name(),
                AdminJson.tree(params),
                result ->
                        // In the reading thread, before it reads on: no event can come too early.
                        sinks.put(
                                result.path("subscription").asLong(),
                                new Sink(event.name(), json -> accept(json, event, sink))));
        return AdminJson.result(await(answer), Subscribed.class);
    }

    /** Ends a subscription. */
    public void unsubscribe(Subscribed subscribed) throws IOException, AdminException {
        sinks.remove(subscribed.subscription());
        call(SessionMethods.UNSUBSCRIBE, new SessionMethods.Subscription(subscribed.subscription()));
    }

    /** Listens to an event that comes without a subscription, such as the steps of a probe. */
    public <E extends Record> void listen(AdminEvent<E> event, Consumer<E> sink) {
        listeners.put(event.name(), json -> accept(json, event, sink));
    }

    /** Completes when the connection has ended, with the reason. */
    public CompletableFuture<IOException> ended() {
        return ended.copy();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private CompletableFuture<JsonNode> send(String method, JsonNode params, Consumer<JsonNode> first)
            throws IOException {
        long id = ids.incrementAndGet();
        Pending waiting = new Pending(new CompletableFuture<>(), first);
        pending.put(id, waiting);
        AdminMessage.Request request =
                new AdminMessage.Request(Optional.of(JsonNodeFactory.instance.numberNode(id)), method, params);
        try {
            write(AdminJson.bytes(request.toJson()));
        } catch (IOException e) {
            pending.remove(id);
            throw e;
        }
        if (ended.isDone()) {
            endAll(ended.getNow(closed()));
        }
        return waiting.answer;
    }

    private void write(byte[] message) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(message.length + 1)
                .put(message)
                .put((byte) '\n')
                .flip();
        writing.lock();
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } finally {
            writing.unlock();
        }
    }

    private static JsonNode await(CompletableFuture<JsonNode> answer) throws IOException, AdminException {
        try {
            return answer.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AdminException refused) {
                throw new AdminException(refused.error(), refused.text(), refused);
            }
            throw new IOException(Objects.requireNonNull(e.getCause()).getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for an answer", e);
        }
    }

    private void readAll() {
        IOException reason = closed();
        try {
            // What a server sends has no bound but ours for a message, whatever the size of its pages.
            MessageReader reader = new MessageReader(channel, size -> true);
            for (Optional<JsonNode> value = reader.next(); value.isPresent(); value = reader.next()) {
                take(AdminMessage.fromServer(value.get()));
                reader.idle();
            }
        } catch (IOException e) {
            reason = new IOException("the connection to the server was lost: " + e.getMessage(), e);
        } catch (AdminException e) {
            reason = new IOException(e.text(), e);
        } catch (RuntimeException e) { // or nobody would ever learn that no answer comes any more
            reason = new IOException("the connection was ended: what the server sent cannot be taken: " + e, e);
        }
        ended.complete(reason);
        endAll(reason);
        try {
            channel.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private void take(AdminMessage message) {
        switch (message) {
            case AdminMessage.Result answer -> {
                Pending waiting = pending.remove(answer.id().asLong(0));
                if (waiting != null) {
                    try {
                        waiting.first.accept(answer.result());
                    } finally {
                        waiting.answer.complete(answer.result());
                    }
                }
            }
            case AdminMessage.Failure refused -> {
                AdminException failure = new AdminException(refused.error(), refused.message());
                Pending waiting = pending.remove(refused.id().asLong(0));
                if (waiting != null) {
                    waiting.answer.completeExceptionally(failure);
                } else {
                    // It belongs to none: the server could not read what we sent, or is about to hang up.
                    List.copyOf(pending.values()).forEach(each -> each.answer.completeExceptionally(failure));
                }
            }
            case AdminMessage.Notification notification -> {
                JsonNode params = notification.params();
                Sink sink = sinks.get(params.path("subscription").asLong(0));
                if (sink != null && sink.event.equals(notification.event())) {
                    sink.consumer.accept(params);
                }
                Consumer<JsonNode> listener = listeners.get(notification.event());
                if (listener != null) {
                    listener.accept(params);
                }
            }
            case AdminMessage.Request question -> {
                // A server asks nothing.
            }
        }
    }

    private static <E extends Record> void accept(JsonNode json, AdminEvent<E> event, Consumer<E> sink) {
        try {
            sink.accept(AdminJson.result(json, event.type()));
        } catch (AdminException e) {
            // An event of a server that speaks something else is one that we do not know.
        }
    }

    private void endAll(IOException reason) {
        pending.values().forEach(waiting -> waiting.answer.completeExceptionally(reason));
    }

    private static IOException closed() {
        return new IOException("the server has closed the connection");
    }

    private record Pending(CompletableFuture<JsonNode> answer, Consumer<JsonNode> first) {}

    private record Sink(String event, Consumer<JsonNode> consumer) {}
}
