package org.confmail.console.remote;

import static org.confmail.console.text.Texts.text;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminEvent;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.SessionMethods;

/**
 * The connection to a server's admin socket. It is made again by itself whenever it was lost. Calls wait in virtual threads of
 * their own; answers and events are handed to the window's thread.
 */
public final class ServerLink implements Remote, AutoCloseable {
    /** Waits between attempts; the last one repeats. */
    private static final List<Duration> WAITS =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5));
    /**
     * Events that wait for the window. When there are more the connection is not read on, so that the server counts what it
     * could not send, and the memory here stays bounded.
     */
    private static final int EVENTS_WAITING_MAX = 1000;

    private static final String CLIENT = "confmail-console";

    private final Path socket;
    private final Executor window;
    private final InstantSource clock;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final ReadOnlyObjectWrapper<LinkState> state = new ReadOnlyObjectWrapper<>(new LinkState.Connecting());
    private final List<Listener<?>> listeners = new CopyOnWriteArrayList<>();
    /** Given by {@link #connectNow}, so that the next attempt need not wait for its time. */
    private final Semaphore hurry = new Semaphore(0);

    private volatile Optional<AdminClient> client = Optional.empty();
    private volatile boolean closed;

    /**
     * Begins to connect.
     *
     * @param socket the server's admin socket
     * @param window runs what it is given in the window's thread, in order
     */
    public ServerLink(Path socket, Executor window, InstantSource clock) {
        this.socket = socket;
        this.window = window;
        this.clock = clock;
        Thread.ofVirtual().name("link").start(this::connectAgainAndAgain);
    }

    @Override
    public ReadOnlyObjectProperty<LinkState> state() {
        return state.getReadOnlyProperty();
    }

    /** Makes the next attempt at once, if it waits for one. */
    public void connectNow() {
        hurry.release();
    }

    @Override
    public <P extends Record, R extends Record> Answer<R> call(AdminMethod<P, R> method, P params) {
        return inBackground(connection -> connection.call(method, params));
    }

    @Override
    public <P extends Record, E extends Record> Answer<Subscription> subscribe(
            AdminMethod<P, Subscribed> method, P params, AdminEvent<E> event, Consumer<E> sink) {
        EventQueue<E> events = new EventQueue<>(window, sink);
        return inBackground(connection -> {
            Subscribed subscribed = connection.subscribe(method, params, event, events::add);
            return () -> {
                events.close();
                // Made too late, when the link was being closed: the subscription ends with the connection.
                if (!closed) {
                    calls.execute(() -> unsubscribe(connection, subscribed));
                }
            };
        });
    }

    @Override
    public <E extends Record> Subscription listen(AdminEvent<E> event, Consumer<E> sink) {
        Listener<E> listener = new Listener<>(event, new EventQueue<>(window, sink));
        listeners.add(listener);
        client.ifPresent(this::listenAt);
        return () -> {
            listener.events.close();
            listeners.remove(listener);
        };
    }

    @Override
    public void close() {
        closed = true;
        hurry.release();
        client.ifPresent(ServerLink::hangUp);
        calls.shutdown();
    }

    private <R> Answer<R> inBackground(Question<R> question) {
        Optional<AdminClient> connection = client;
        if (connection.isEmpty() || closed) {
            return Answer.failure(new Problem(Optional.empty(), reasonOfAbsence()));
        }
        Answer<R> answer = new Answer<>();
        calls.execute(() -> {
            try {
                R result = question.ask(connection.get());
                window.execute(() -> answer.complete(result));
            } catch (IOException | AdminException | RuntimeException e) {
                window.execute(() -> answer.fail(Problem.of(e)));
            }
        });
        return answer;
    }

    private String reasonOfAbsence() {
        return state.get() instanceof LinkState.Gone gone ? gone.reason() : text("link.notyet");
    }

    private void connectAgainAndAgain() {
        int failures = 0;
        Optional<Instant> absentSince = Optional.empty();
        while (!closed) {
            String reason;
            try (AdminClient connection = AdminClient.connect(socket)) {
                SessionMethods.Welcome welcome =
                        connection.call(SessionMethods.HELLO, new SessionMethods.Hello(Optional.of(CLIENT)));
                // In this order, so that who listens at this moment is not passed over.
                client = Optional.of(connection);
                listenAt(connection);
                if (closed) {
                    return;
                }
                failures = 0;
                absentSince = Optional.empty();
                show(new LinkState.Connected(welcome));
                reason = String.valueOf(connection.ended().join().getMessage());
            } catch (IOException | AdminException | RuntimeException e) {
                reason = Absence.of(socket, e);
            }
            client = Optional.empty();
            Duration wait = WAITS.get(Math.min(failures++, WAITS.size() - 1));
            Instant now = clock.instant();
            Instant since = absentSince.orElse(now);
            absentSince = Optional.of(since);
            show(new LinkState.Gone(reason, since, now.plus(wait)));
            pause(wait);
        }
    }

    private void pause(Duration wait) {
        try {
            if (hurry.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                hurry.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    private void show(LinkState now) {
        if (!closed) {
            window.execute(() -> state.set(now));
        }
    }

    private void listenAt(AdminClient connection) {
        for (Listener<?> listener : listeners) {
            listenAt(connection, listener.event);
        }
    }

    /** All listeners of one event share the connection's one place for it. */
    private <E extends Record> void listenAt(AdminClient connection, AdminEvent<E> event) {
        connection.listen(event, happened -> {
            for (Listener<?> listener : listeners) {
                if (listener.event.equals(event)) {
                    listener.take(happened);
                }
            }
        });
    }

    private static void unsubscribe(AdminClient connection, Subscribed subscribed) {
        try {
            connection.unsubscribe(subscribed);
        } catch (IOException | AdminException e) {
            // The connection has ended, and the subscription with it.
        }
    }

    private static void hangUp(AdminClient connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @FunctionalInterface
    private interface Question<R> {
        R ask(AdminClient connection) throws IOException, AdminException;
    }

    private record Listener<E extends Record>(AdminEvent<E> event, EventQueue<E> events) {
        void take(Record happened) {
            if (event.type().isInstance(happened)) {
                events.add(event.type().cast(happened));
            }
        }
    }

    /** Hands events to the window in batches: one errand for all that have come in since it last looked. */
    private static final class EventQueue<E> {
        private final Executor window;
        private final Consumer<E> sink;
        private final Semaphore room = new Semaphore(EVENTS_WAITING_MAX);
        private final AtomicBoolean open = new AtomicBoolean(true);
        /** Guarded by itself. */
        private final Queue<E> waiting = new ArrayDeque<>();

        EventQueue(Executor window, Consumer<E> sink) {
            this.window = window;
            this.sink = sink;
        }

        void add(E event) {
            if (!open.get()) {
                return;
            }
            room.acquireUninterruptibly();
            boolean first;
            synchronized (waiting) {
                first = waiting.isEmpty();
                waiting.add(event);
            }
            if (first) {
                window.execute(this::handOver);
            }
        }

        /** Who waits for room gets it. */
        void close() {
            open.set(false);
            room.release(EVENTS_WAITING_MAX);
        }

        private void handOver() {
            List<E> events;
            synchronized (waiting) {
                events = List.copyOf(waiting);
                waiting.clear();
            }
            room.release(events.size());
            for (E event : events) {
                if (open.get()) {
                    sink.accept(event);
                }
            }
        }
    }
}
