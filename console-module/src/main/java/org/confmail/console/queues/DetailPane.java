package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Labels;
import org.confmail.console.queues.TargetRow.Condition;
import org.confmail.console.view.Destination;
import org.confmail.console.view.ViewName;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Why the selected target is stuck, and what to do, in full words. */
final class DetailPane extends VBox {
    private final Label target = new Label();
    private final Label headline = Labels.words("queues.why");
    private final Label reason = Labels.words("queues.reason");
    private final Label advice = Labels.words("queues.advice");
    private final Label next = Labels.words("queues.next");
    private final Label reasonName = name("queues.reason.name");
    private final Label adviceName = name("queues.advice.name");
    private final Label nextName = name("queues.next.name");
    private final Button configure;
    private final FontIcon icon = new FontIcon(Feather.INFO);
    private Optional<Diagnosis> shown = Optional.empty();

    DetailPane(Consumer<Destination> navigator) {
        setId("queues.detail");
        getStyleClass().addAll("card", "queue-detail");
        configure = Buttons.of(
                "queues.configure",
                Feather.SLIDERS,
                () -> shown.flatMap(Diagnosis::configure)
                        .ifPresent(option -> navigator.accept(Destination.of(ViewName.CONFIGURATION, option))));
        target.getStyleClass().add("card-title");
        target.setId("queues.detail.target");
        headline.getStyleClass().add("queue-headline");
        reason.getStyleClass().add("queue-reason");
        HBox head = new HBox(8, icon, target);
        head.getStyleClass().add("queue-head");
        GridPane rows = new GridPane(10, 4);
        rows.addRow(0, reasonName, reason);
        rows.addRow(1, adviceName, advice);
        rows.addRow(2, nextName, next);
        GridPane.setHgrow(reason, Priority.ALWAYS);
        VBox body = new VBox(6, headline, rows, configure);
        ScrollPane scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, scroll);
        showNothing("");
    }

    void show(TargetRow row) {
        Diagnosis diagnosis = Diagnosis.of(row);
        target.setText(row.line()
                .server()
                .filter(server -> !row.target().contains(server))
                .map(server -> text("queues.detail.at", row.target(), server))
                .orElse(row.target()));
        if (shown.filter(diagnosis::equals).isPresent()) {
            return;
        }
        shown = Optional.of(diagnosis);
        icon.setIconCode(picture(diagnosis.condition()));
        restyle(diagnosis.condition());
        headline.setText(diagnosis.headline());
        reason.setText(diagnosis.reason().orElse(""));
        present(diagnosis.reason().isPresent(), reasonName, reason);
        advice.setText(diagnosis.advice());
        present(true, adviceName, advice);
        next.setText(diagnosis.next());
        present(!diagnosis.next().isEmpty(), nextName, next);
        configure.setVisible(diagnosis.configure().isPresent());
        configure.setManaged(diagnosis.configure().isPresent());
        setAccessibleText(diagnosis.headline());
    }

    /** No target is selected. */
    void showNothing(String words) {
        shown = Optional.empty();
        target.setText(text("queues.detail.none"));
        icon.setIconCode(Feather.INFO);
        restyle(Condition.IDLE);
        headline.setText(words);
        present(false, reasonName, reason, adviceName, advice, nextName, next);
        configure.setVisible(false);
        configure.setManaged(false);
    }

    private void restyle(Condition condition) {
        icon.getStyleClass().removeAll("good", "doubtful", "bad", "faint");
        condition.style().ifPresent(icon.getStyleClass()::add);
    }

    private static Feather picture(Condition condition) {
        return switch (condition) {
            case FAILING -> Feather.ALERT_OCTAGON;
            case NO_PARTNER -> Feather.ALERT_TRIANGLE;
            case HELD -> Feather.PAUSE_CIRCLE;
            case WAITING -> Feather.CLOCK;
            case SENDING -> Feather.SEND;
            case IDLE -> Feather.CHECK_CIRCLE;
        };
    }

    private static void present(boolean present, Label... labels) {
        for (Label label : labels) {
            label.setVisible(present);
            label.setManaged(present);
        }
    }

    private static Label name(String key) {
        Label label = new Label(text(key));
        label.getStyleClass().add("faint");
        label.setMinWidth(USE_PREF_SIZE);
        GridPane.setValignment(label, VPos.TOP);
        return label;
    }
}
