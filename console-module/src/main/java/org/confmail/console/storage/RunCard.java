package org.confmail.console.storage;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import java.util.OptionalLong;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Outcome;
import org.confmail.console.remote.Answer;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Running;
import org.confmail.shared.admin.StorageMethods.Started;
import org.kordamp.ikonli.feather.Feather;

/** What runs over the stores now, how far it is, and what came of it; a way to cancel it. */
final class RunCard extends VBox {
    private final Workplace workplace;
    private final StorageModel model;
    private final Label title = new Label();
    private final Label words = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final Outcome outcome = new Outcome("storage.run.outcome");
    private final HBox progress;
    private final Button cancel;
    private OptionalLong awaited = OptionalLong.empty();

    RunCard(Workplace workplace, StorageModel model) {
        super(8);
        this.workplace = workplace;
        this.model = model;
        setId("storage.run");
        title.getStyleClass().add("card-title");
        words.setId("storage.run.words");
        words.setWrapText(true);
        bar.setId("storage.run.bar");
        bar.setMaxWidth(Double.MAX_VALUE);
        cancel = Buttons.of("storage.cancel", Feather.STOP_CIRCLE, this::cancel);
        VBox told = new VBox(6, title, words, bar);
        HBox.setHgrow(told, Priority.ALWAYS);
        progress = new HBox(12, told, cancel);
        progress.setAlignment(Pos.CENTER_LEFT);
        progress.getStyleClass().add("card");
        getChildren().addAll(progress, outcome);
        model.running().addListener((_, _, running) -> show(running));
        model.ended().addListener((_, _, ended) -> ended.forEach(this::tellEnd));
        show(model.running().get());
    }

    /** Says that a run was asked for, and what comes of it, also of one that is too short to be seen under way. */
    void follow(Answer<Started> asked) {
        outcome.working(text("storage.run.asked"));
        asked.done(started -> {
                    awaited = OptionalLong.of(started.run());
                    model.ended().get().forEach(this::tellEnd);
                })
                .failed(outcome::failed);
    }

    private void show(Optional<Running> running) {
        progress.setVisible(running.isPresent());
        progress.setManaged(running.isPresent());
        running.ifPresent(run -> {
            awaited = OptionalLong.of(run.run());
            title.setText(text(
                    "storage.run.title",
                    Runs.kind(run.kind()),
                    run.startedBy(),
                    Shown.moment(run.started(), workplace.clockwork().now())));
            words.setText(Runs.words(run));
            bar.setProgress(run.percent() / 100.0);
            cancel.setDisable(run.cancelled());
            outcome.clear();
        });
    }

    /** Only of a run that was seen under way, or asked for here: others are in the table of the last runs. */
    private void tellEnd(Ended run) {
        if (!awaited.equals(OptionalLong.of(run.run()))) {
            return;
        }
        awaited = OptionalLong.empty();
        String said = text("storage.run.ended", run.text());
        switch (run.outcome()) {
            case DONE -> outcome.done(said);
            case CANCELLED -> outcome.warn(said);
            case FAILED -> outcome.failed(said);
        }
    }

    private void cancel() {
        model.cancel().failed(outcome::failed);
    }
}
