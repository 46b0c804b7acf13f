package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.queues.ProbeModel.Probe;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.QueueMethods.Step;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The steps of a probe, one by one as they end. */
final class ProbePane extends VBox {
    private static final Set<String> KNOWN =
            Set.of("name", "connect", "proxy", "greeting", "tls", "certificate", "login", "route");
    private static final double BUSY_WIDTH = 120;

    private final Label title = new Label();
    private final GridPane steps = new GridPane(12, 7);
    private final ProgressBar busy = new ProgressBar();

    ProbePane() {
        getStyleClass().add("queue-pane");
        title.setId("queues.probe.title");
        title.setWrapText(true);
        title.getStyleClass().add("queue-headline");
        busy.setPrefWidth(BUSY_WIDTH);
        steps.setId("queues.probe.steps");
        steps.getStyleClass().add("probe-steps");
        ScrollPane scroll = new ScrollPane(steps);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        HBox head = new HBox(10, title, busy);
        head.getStyleClass().add("queue-head");
        getChildren().addAll(head, scroll);
        show(Optional.empty());
    }

    void show(Optional<Probe> now) {
        boolean runs = now.filter(Probe::runs).isPresent();
        busy.setVisible(runs);
        busy.setProgress(runs ? ProgressBar.INDETERMINATE_PROGRESS : 0);
        title.setText(now.map(ProbePane::words).orElse(text("queues.probe.none")));
        List<Step> told = now.map(Probe::steps).orElse(List.of());
        if (told.size() < steps.getRowCount() || !runs) {
            steps.getChildren().clear();
        }
        for (int i = steps.getRowCount(); i < told.size(); i++) {
            add(i, told.get(i));
        }
    }

    private void add(int row, Step step) {
        FontIcon icon = new FontIcon(step.well() ? Feather.CHECK_CIRCLE : Feather.X_CIRCLE);
        icon.getStyleClass().add(step.well() ? "good" : "bad");
        Label name = new Label(KNOWN.contains(step.name()) ? text("queues.probe.step." + step.name()) : step.name());
        name.setMinWidth(USE_PREF_SIZE);
        Label verdict = new Label(text(step.well() ? "queues.probe.step.well" : "queues.probe.step.failed"));
        verdict.getStyleClass().add(step.well() ? "good" : "bad");
        verdict.setMinWidth(USE_PREF_SIZE);
        Label time = new Label(text("queues.probe.millis", Shown.number(step.millis())));
        time.getStyleClass().add("faint");
        time.setMinWidth(USE_PREF_SIZE);
        Label words = new Label(step.text());
        words.setWrapText(true);
        words.setMinHeight(USE_PREF_SIZE);
        GridPane.setHgrow(words, Priority.ALWAYS);
        steps.addRow(row, icon, name, verdict, time, words);
        steps.getChildrenUnmodifiable().forEach(node -> GridPane.setValignment(node, VPos.TOP));
    }

    private static String words(Probe probe) {
        if (probe.problem().isPresent()) {
            return text(
                    "queues.probe.problem",
                    probe.target(),
                    probe.problem().get().text());
        }
        return probe.well()
                .map(well -> text(well ? "queues.probe.well" : "queues.probe.failed", probe.target()))
                .orElseGet(() -> text("queues.probe.runs", probe.target()));
    }
}
