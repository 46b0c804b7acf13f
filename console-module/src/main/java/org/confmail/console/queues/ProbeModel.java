package org.confmail.console.queues;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.ProbeResult;
import org.confmail.shared.admin.QueueMethods.ProbeStep;
import org.confmail.shared.admin.QueueMethods.Step;
import org.confmail.shared.admin.QueueMethods.Target;

/** The last probe: its steps as they come, and its end. Belongs to the thread of the window. */
final class ProbeModel {
    /** A target has eight servers at most, with seven steps each. */
    private static final int STEPS_MAX = 100;

    private final Remote remote;
    private final ReadOnlyObjectWrapper<Optional<Probe>> probe = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Remote.Subscription listening;
    private Optional<Answer<ProbeResult>> asked = Optional.empty();

    ProbeModel(Remote remote) {
        this.remote = remote;
        this.listening = remote.listen(QueueMethods.PROBE_STEP, this::step);
    }

    void close() {
        asked.ifPresent(Answer::drop);
        listening.close();
    }

    /**
     * A probe.
     *
     * @param steps those that have ended
     * @param well whether sending would work; empty while it runs, and when it could not be made
     * @param problem why it could not be made, if so
     */
    record Probe(String target, List<Step> steps, Optional<Boolean> well, Optional<Problem> problem) {
        boolean runs() {
            return well.isEmpty() && problem.isEmpty();
        }
    }

    ReadOnlyObjectProperty<Optional<Probe>> probe() {
        return probe.getReadOnlyProperty();
    }

    /** Probes a target; the one before is forgotten. */
    void begin(String target) {
        asked.ifPresent(Answer::drop);
        show(new Probe(target, List.of(), Optional.empty(), Optional.empty()));
        Answer<ProbeResult> answer = remote.call(QueueMethods.PROBE, new Target(target));
        asked = Optional.of(answer);
        answer.done(result -> show(new Probe(target, result.steps(), Optional.of(result.well()), Optional.empty())))
                .failed(failure -> show(new Probe(target, steps(), Optional.empty(), Optional.of(failure))));
    }

    private void step(ProbeStep event) {
        probe.get()
                .filter(Probe::runs)
                .filter(running -> running.target().equals(event.target())
                        && running.steps().size() < STEPS_MAX)
                .ifPresent(running -> {
                    List<Step> steps = new ArrayList<>(running.steps());
                    steps.add(event.step());
                    show(new Probe(running.target(), List.copyOf(steps), Optional.empty(), Optional.empty()));
                });
    }

    private List<Step> steps() {
        return probe.get().map(Probe::steps).orElse(List.of());
    }

    private void show(Probe now) {
        probe.set(Optional.of(now));
    }
}
