package org.confmail.server.admin;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.server.delivery.peer.Steps;
import org.confmail.server.time.Ticker;
import org.confmail.shared.admin.QueueMethods;

/** Tells the steps of one probe. Belongs to the thread that probes. */
final class ProbeSteps implements Steps {
    /** The step that fails where no other began: there is no way to go. */
    static final String ROUTE = "route";

    private final Consumer<QueueMethods.Step> told;
    private final Ticker ticker;
    private Optional<Step> open = Optional.empty();
    private long began;

    ProbeSteps(Consumer<QueueMethods.Step> told, Ticker ticker) {
        this.told = told;
        this.ticker = ticker;
        this.began = ticker.nanos();
    }

    @Override
    public void began(Step step) {
        open = Optional.of(step);
        began = ticker.nanos();
    }

    @Override
    public void done(Step step, Duration took, String detail) {
        open = Optional.empty();
        told.accept(new QueueMethods.Step(name(step), true, detail, took.toMillis()));
    }

    /** The session could not be opened. */
    void failed(PeerFailure failure) {
        String step = open.map(ProbeSteps::name).orElse(ROUTE);
        long millis = Duration.ofNanos(ticker.nanos() - began).toMillis();
        told.accept(new QueueMethods.Step(step, false, failure.reason(), millis));
    }

    static String name(Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }
}
