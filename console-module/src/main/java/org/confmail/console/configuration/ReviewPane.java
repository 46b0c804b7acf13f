package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.Outcome;
import org.confmail.console.settings.Settings;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.admin.ConfigMethods.Differences;
import org.confmail.shared.config.ConfigProblem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What saving will change, before it is done. */
final class ReviewPane extends VBox {
    private final ConfigurationModel model;
    private final Runnable back;
    private final DataTable<Change> changes;
    private final DiffList lines = new DiffList("configuration.diff");
    private final VBox obstacles = new VBox(4);
    private final Patience patience = new Patience("configuration.patience");
    private final Label alone = new Label(text("configuration.alone.save"));
    private final Outcome outcome = new Outcome("configuration.review.outcome");
    private final Button save = Buttons.main("configuration.save", Feather.SAVE, this::save);
    private final Button edit = Buttons.of("configuration.back", Feather.EDIT_2, this::leave);
    private Consumer<Stored> saved = _ -> {};

    /** @param back shows the draft again */
    ReviewPane(ConfigurationModel model, Settings settings, Runnable back) {
        this.model = model;
        this.back = back;
        setId("configuration.review.pane");
        getStyleClass().add("review");
        changes = new DataTable<>(
                "configuration.changes",
                settings,
                Change::option,
                List.of(
                        Column.words("configuration.change.option", 170, Change::option),
                        Column.words("configuration.change.before", 190, change -> value(change.before())),
                        Column.words("configuration.change.after", 190, change -> value(change.after())),
                        Column.<Change>words("configuration.change.acts", 300, ReviewPane::acts)
                                .filling()));
        changes.whenEmpty(text("configuration.change.none"));
        changes.node().getStyleClass().add("changes-table");
        Label title = new Label(text("configuration.review.title"));
        title.getStyleClass().add("title-4");
        Label lineTitle = new Label(text("configuration.review.lines"));
        lineTitle.getStyleClass().add("title-4");
        VBox.setVgrow(lines, Priority.ALWAYS);
        alone.setWrapText(true);
        alone.setGraphic(new FontIcon(Feather.INFO));
        alone.managedProperty().bind(alone.visibleProperty());
        patience.managedProperty().bind(patience.visibleProperty());
        obstacles.managedProperty().bind(obstacles.visibleProperty());
        HBox buttons = new HBox(8, save, edit);
        getChildren().addAll(obstacles, title, changes.node(), lineTitle, lines, alone, patience, buttons, outcome);
        addEventHandler(KeyEvent.KEY_PRESSED, pressed -> {
            if (pressed.getCode() == KeyCode.ESCAPE) {
                leave();
                pressed.consume();
            }
        });
        model.source().addListener((_, _, _) -> update());
        model.newer().addListener((_, _, _) -> update());
        model.left().addListener((_, _, _) -> update());
    }

    /** Told when it is saved. */
    void onSaved(Consumer<Stored> action) {
        saved = action;
    }

    /** Asks what the draft would change now. */
    void begin() {
        outcome.clear();
        changes.show(List.of());
        lines.show(List.of());
        update();
        model.diff().done(this::show).failed(outcome::failed);
        (save.isDisabled() ? edit : save).requestFocus();
    }

    private void show(Differences differences) {
        changes.show(differences.changes());
        lines.show(differences.lines());
    }

    private void update() {
        Optional<String> obstacle = model.obstacle();
        List<ConfigProblem> problems = model.draft().problems();
        obstacles.getChildren().clear();
        problems.forEach(problem -> obstacles
                .getChildren()
                .add(ProblemLabels.of(
                        problem, text("configuration.inline", String.valueOf(problem.line()), problem.message()))));
        if (obstacle.isPresent() && !model.draft().hasErrors()) {
            Label words = new Label(obstacle.get(), new FontIcon(Feather.ALERT_TRIANGLE));
            words.setWrapText(true);
            words.getStyleClass().addAll("problem", "doubtful");
            obstacles.getChildren().add(words);
        }
        obstacles.setVisible(!obstacles.getChildren().isEmpty());
        boolean served = model.source().get().filter(Source::served).isPresent();
        patience.setVisible(served);
        alone.setVisible(!served);
        save.setDisable(obstacle.isPresent() || model.source().get().isEmpty());
    }

    private void save() {
        outcome.follow(model.save(patience.chosen()), text("configuration.saving"), _ -> text("configuration.saved"))
                .done(saved)
                .failed(_ -> update());
    }

    private void leave() {
        back.run();
    }

    private static String value(String value) {
        return value.isEmpty() ? text("configuration.notset") : value;
    }

    /** When a change acts, and why then. */
    static String acts(Change change) {
        return change.atOnce()
                ? text("configuration.acts.once")
                : text("configuration.acts.restart", change.reason().orElse(""));
    }
}
