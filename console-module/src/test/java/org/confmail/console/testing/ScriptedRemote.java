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
import org.confmail.shared.admin.SessionMethods;

/** A server that says what the test tells it to, at once. What it was not told to answer is unavailable. */
public final class ScriptedRemote implements Remote {
    private final ReadOnlyObjectWrapper<LinkState> state = new ReadOnlyObjectWrapper<>();
    private final Map<AdminMethod<?, ?>, Function<Record, Answer<? extends Record>>> answers = new HashMap<>();
    private final List<Listening> listening = new ArrayList<>();
    private final List<Record> asked = new ArrayList<>();

    /** It is there. */
    public ScriptedRemote() {
        appear();
    }

    /** It is there. */
    public void appear() {
        state.set(new LinkState.Connected(new SessionMethods.Welcome(1, 1, "scripted", "1", "/home/scripted", 1)));
    }

    /** It is gone, and all subscriptions with it. */
    public void vanish() {
        listening.removeIf(each -> each.subscribed);
        state.set(new LinkState.Gone("it was told to", Instant.EPOCH, Instant.EPOCH));
    }

    /** Answers so from now on. */
    public <P extends Record, R extends Record> void on(AdminMethod<P, R> method, Function<P, R> answer) {
        onLater(method, params -> Answer.of(answer.apply(params)));
    }

    /** Answers so from now on, or later. */
    public <P extends Record, R extends Record> void onLater(AdminMethod<P, R> method, Function<P, Answer<R>> answer) {
        answers.put(method, params -> answer.apply(method.params().cast(params)));
    }

    /** Refuses so from now on. */
    public <P extends Record, R extends Record> void refuse(AdminMethod<P, R> method, AdminError error, String text) {
        onLater(method, _ -> Answer.failure(new Problem(Optional.of(error), text)));
    }

    /** Takes subscriptions from now on. */
    public <P extends Record> void follow(AdminMethod<P, Subscribed> method) {
        on(method, _ -> new Subscribed(1));
    }

    /** Tells those who listen. */
    public <E extends Record> void tell(AdminEvent<E> event, E happened) {
        List.copyOf(listening).stream()
                .filter(each -> each.event.equals(event))
                .forEach(each -> each.sink.accept(happened));
    }

    /** How many listen to that event. */
    public long listeners(AdminEvent<?> event) {
        return listening.stream().filter(each -> each.event.equals(event)).count();
    }

    /** The parameters of all calls so far that are of this type. */
    public <P extends Record> List<P> asked(Class<P> params) {
        return asked.stream().filter(params::isInstance).map(params::cast).toList();
    }

    @Override
    public ReadOnlyObjectProperty<LinkState> state() {
        return state.getReadOnlyProperty();
    }

    @Override
    public <P extends Record, R extends Record> Answer<R> call(AdminMethod<P, R> method, P params) {
        asked.add(params);
        if (!state.get().connected()) {
            return Answer.failure(new Problem(Optional.empty(), "it is gone"));
        }
        Function<Record, Answer<? extends Record>> scripted = answers.get(method);
        if (scripted == null) {
            return Answer.failure(new Problem(Optional.of(AdminError.UNAVAILABLE), method.name() + " is unavailable"));
        }
        Answer<R> answer = new Answer<>();
        scripted.apply(params)
                .done(result -> answer.complete(method.result().cast(result)))
                .failed(answer::fail);
        return answer;
    }

    @Override
    public <P extends Record, E extends Record> Answer<Subscription> subscribe(
            AdminMethod<P, Subscribed> method, P params, AdminEvent<E> event, Consumer<E> sink) {
        Answer<Subscription> answer = new Answer<>();
        call(method, params)
                .done(_ -> answer.complete(listen(event, sink, true)))
                .failed(answer::fail);
        return answer;
    }

    @Override
    public <E extends Record> Subscription listen(AdminEvent<E> event, Consumer<E> sink) {
        return listen(event, sink, false);
    }

    private <E extends Record> Subscription listen(AdminEvent<E> event, Consumer<E> sink, boolean subscribed) {
        Listening made = new Listening(event, happened -> sink.accept(event.type().cast(happened)), subscribed);
        listening.add(made);
        return () -> listening.remove(made);
    }

    private record Listening(AdminEvent<?> event, Consumer<Record> sink, boolean subscribed) {}
}
