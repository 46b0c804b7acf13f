package org.confmail.console.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.LinkState;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminEvent;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.SessionMethods.Welcome;

/** A server that answers what a test tells it to, at once or when it is told to. What it was not told is unavailable. */
public final class ScriptedRemote implements Remote {
    private final ReadOnlyObjectWrapper<LinkState> state = new ReadOnlyObjectWrapper<>(
            new LinkState.Connected(new Welcome(1, 1, "confmail-server", "1.0", "/home/confmail", 4711)));
    private final Map<String, Function<Record, Answer<? extends Record>>> answers = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;

    /** From now on this method gives that. */
    public <P extends Record, R extends Record> ScriptedRemote on(AdminMethod<P, R> method, Function<P, R> answer) {
        answers.put(
                method.name(), params -> Answer.of(answer.apply(method.params().cast(params))));
        return this;
    }

    /** From now on this method is refused. */
    public ScriptedRemote refuse(AdminMethod<?, ?> method, AdminError error, String reason) {
        answers.put(method.name(), _ -> Answer.failure(new Problem(Optional.of(error), reason)));
        return this;
    }

    /** From now on answers wait for {@link #release}. */
    public void hold() {
        holding = true;
    }

    /** Gives the answers that wait, and does not hold any more. */
    public void release() {
        holding = false;
        List<Runnable> waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(Runnable::run);
    }

    /** The parameters with which a method was called, in order. */
    public <P extends Record> List<P> calls(AdminMethod<P, ?> method) {
        return calls.stream()
                .filter(call -> call.method.equals(method.name()))
                .map(call -> method.params().cast(call.params))
                .toList();
    }

    /** Tells an event to those who subscribed. */
    public <E extends Record> void tell(AdminEvent<E> event, E happened) {
        List.copyOf(listeners).stream()
                .filter(listener -> listener.event.equals(event.name()))
                .forEach(listener -> listener.sink.accept(happened));
    }

    /** How many subscriptions are open. */
    public int subscriptions() {
        return listeners.size();
    }

    /** It is not there any more, and subscriptions are gone. */
    public void leave() {
        listeners.clear();
        state.set(new LinkState.Gone("nobody answers", Instant.EPOCH, Instant.EPOCH));
    }

    /** It is back. */
    public void comeBack() {
        state.set(new LinkState.Connected(new Welcome(1, 1, "confmail-server", "1.0", "/home/confmail", 4712)));
    }

    @Override
    public ReadOnlyObjectProperty<LinkState> state() {
        return state.getReadOnlyProperty();
    }

    @Override
    public <P extends Record, R extends Record> Answer<R> call(AdminMethod<P, R> method, P params) {
        calls.add(new Call(method.name(), params));
        if (!state.get().connected()) {
            return Answer.failure(new Problem(Optional.empty(), "nobody answers"));
        }
        Answer<R> answer = new Answer<>();
        Runnable answering = () -> answers.getOrDefault(method.name(), _ -> missing())
                .apply(params)
                .done(result -> answer.complete(method.result().cast(result)))
                .failed(answer::fail);
        if (holding) {
            held.add(answering);
        } else {
            answering.run();
        }
        return answer;
    }

    @Override
    public <P extends Record, E extends Record> Answer<Subscription> subscribe(
            AdminMethod<P, Subscribed> method, P params, AdminEvent<E> event, Consumer<E> sink) {
        Answer<Subscription> answer = new Answer<>();
        call(method, params).done(_ -> answer.complete(listen(event, sink))).failed(answer::fail);
        return answer;
    }

    @Override
    public <E extends Record> Subscription listen(AdminEvent<E> event, Consumer<E> sink) {
        Listener listener =
                new Listener(event.name(), happened -> sink.accept(event.type().cast(happened)));
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private static Answer<? extends Record> missing() {
        return Answer.failure(new Problem(Optional.of(AdminError.UNAVAILABLE), "this server does not have it"));
    }

    private record Call(String method, Record params) {}

    private record Listener(String event, Consumer<Record> sink) {}
}
