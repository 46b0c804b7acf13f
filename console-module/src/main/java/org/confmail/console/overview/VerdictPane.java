package org.confmail.console.overview;

import static org.confmail.console.text.Texts.text;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.overview.OverviewModel.Glance;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Destination;
import org.confmail.shared.admin.ServerMethods.Check;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Whether all is well, and below it what is not, each with a way to it. */
final class VerdictPane extends VBox {
    private static final List<String> STYLES = List.of("good", "doubtful", "bad", "faint");

    private final Consumer<Destination> navigator;
    private final FontIcon icon = new FontIcon(Feather.CLOCK);
    private final Label headline = new Label();
    private final Label details = new Label();
    private final VBox rows = new VBox();
    private List<Attention> shown = List.of();

    VerdictPane(Consumer<Destination> navigator) {
        this.navigator = navigator;
        getStyleClass().addAll("card", "verdict");
        icon.getStyleClass().add("verdict-icon");
        headline.setId("overview.verdict");
        headline.getStyleClass().add("verdict-headline");
        details.setId("overview.details");
        details.getStyleClass().add("faint");
        details.setWrapText(true);
        details.setMinHeight(USE_PREF_SIZE);
        rows.getStyleClass().add("attention-rows");
        rows.setId("overview.attentions");
        HBox head = new HBox(14, icon, new VBox(2, headline, details));
        head.getStyleClass().add("verdict-head");
        getChildren().addAll(head, rows);
    }

    void show(Glance glance) {
        Feather picture;
        String style;
        if (glance.state().isEmpty() && glance.health().isEmpty()) {
            picture = glance.problem().isPresent() ? Feather.ALERT_TRIANGLE : Feather.CLOCK;
            style = "faint";
            headline.setText(text(glance.connected() ? "overview.asking" : "overview.absent"));
        } else if (!glance.connected()) {
            picture = Feather.HELP_CIRCLE;
            style = "faint";
            headline.setText(text("overview.gone"));
        } else if (glance.attentions().isEmpty()) {
            picture = Feather.CHECK_CIRCLE;
            style = "good";
            headline.setText(text("overview.well"));
        } else {
            boolean failed = glance.attentions().stream().anyMatch(Attention::failed);
            picture = failed ? Feather.ALERT_OCTAGON : Feather.ALERT_TRIANGLE;
            style = failed ? "bad" : "doubtful";
            headline.setText(text("overview.unwell", glance.attentions().size()));
        }
        icon.setIconCode(picture);
        icon.getStyleClass().removeAll(STYLES);
        icon.getStyleClass().add(style);
        details.setText(details(glance));
        showRows(glance.attentions());
    }

    private static String details(Glance glance) {
        if (glance.problem().isPresent()) {
            return text("overview.problem", glance.problem().get().text());
        }
        if (!glance.connected() && glance.looked().isEmpty()) {
            return text("overview.absent.details");
        }
        String when = glance.looked().map(VerdictPane::when).orElse("");
        return glance.health()
                .map(health ->
                        health.checks().stream().map(Check::name).distinct().collect(Collectors.joining(", ")))
                .map(names -> text("overview.looked", when, names))
                .orElse(when.isEmpty() ? "" : text("overview.told", when));
    }

    private static String when(Instant moment) {
        return Shown.moment(moment, moment);
    }

    /** Buttons stay the same, and keep the cursor, while nothing changes. */
    private void showRows(List<Attention> now) {
        if (!now.equals(shown)) {
            shown = now;
            rows.getChildren().setAll(now.stream().map(this::row).toList());
        }
        rows.setVisible(!now.isEmpty());
        rows.setManaged(!now.isEmpty());
    }

    private HBox row(Attention attention) {
        String style = attention.failed() ? "bad" : "doubtful";
        FontIcon sign = new FontIcon(attention.failed() ? Feather.ALERT_OCTAGON : Feather.ALERT_TRIANGLE);
        sign.getStyleClass().add(style);
        Label word = new Label(text(attention.failed() ? "overview.failed" : "overview.warning"));
        word.getStyleClass().addAll(style, "attention-word");
        Label words = new Label(attention.words());
        words.setWrapText(true);
        words.setMinHeight(USE_PREF_SIZE);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        String view = attention.where().view().key();
        Button show = new Button(text("overview.show", text(view + ".title")), new FontIcon(Feather.ARROW_RIGHT));
        show.setId("overview.show." + view);
        show.setMinWidth(USE_PREF_SIZE);
        show.setOnAction(_ -> navigator.accept(attention.where()));
        show.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ENTER) {
                show.fire();
                pressed.consume();
            }
        });
        HBox row = new HBox(10, sign, word, words, show);
        row.getStyleClass().add("attention-row");
        return row;
    }
}
