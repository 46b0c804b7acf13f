package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Outcome;
import org.confmail.console.control.Questions;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.kordamp.ikonli.feather.Feather;

/** What is to be known of the file as a whole: settings that wait to be kept, changes of others, what acts at the next start. */
final class Notices extends VBox {
    private final ConfigurationModel model;
    private final Questions questions;
    private final Outcome outcome;
    private final Button keep = Buttons.main("configuration.keep", Feather.CHECK, this::keep);
    private final Button takeBack = Buttons.of("configuration.takeback", Feather.CORNER_UP_LEFT, this::takeBack);
    private final Notice awaiting = new Notice("configuration.awaiting", Feather.CLOCK, "urgent", keep, takeBack);
    private final Notice newer = new Notice(
            "configuration.newer",
            Feather.GIT_MERGE,
            "urgent",
            Buttons.main("configuration.merge", Feather.GIT_MERGE, this::merge),
            Buttons.dangerous("configuration.takenewer", Feather.TRASH_2, this::takeNewer));
    private final Notice alone = new Notice("configuration.alone", Feather.INFO, "calm");
    private final Notice restart = new Notice("configuration.restart", Feather.ROTATE_CW, "calm");
    private final Notice trouble = new Notice("configuration.trouble", Feather.ALERT_OCTAGON, "urgent");

    /** @param outcome tells what came of what is asked for here */
    Notices(ConfigurationModel model, Questions questions, Outcome outcome) {
        this.model = model;
        this.questions = questions;
        this.outcome = outcome;
        getStyleClass().add("notices");
        getChildren().addAll(trouble, awaiting, newer, alone, restart);
        model.left().addListener((_, _, _) -> update());
        model.newer().addListener((_, _, _) -> update());
        model.source().addListener((_, _, _) -> update());
        model.trouble().addListener((_, _, _) -> update());
        model.atRestart().addListener((_, _, _) -> update());
        model.notice().addListener((_, _, words) -> words.ifPresent(outcome::warn));
        update();
    }

    /** Puts the cursor on what keeps the settings. */
    void focusKeep() {
        keep.requestFocus();
    }

    private void update() {
        boolean served = model.source().get().filter(Source::served).isPresent();
        keep.setDisable(!served);
        takeBack.setDisable(!served);
        model.left()
                .get()
                .ifPresentOrElse(
                        left -> awaiting.say(
                                served
                                        ? text("configuration.awaiting.left", clock(left))
                                        : text("configuration.awaiting.gone")),
                        awaiting::hush);
        show(newer, model.newer().get().isPresent(), text("configuration.newer"));
        show(alone, model.source().get().isPresent() && !served, text("configuration.alone"));
        model.trouble().get().ifPresentOrElse(trouble::say, trouble::hush);
        List<Change> changes = model.atRestart().get();
        show(
                restart,
                served && !changes.isEmpty(),
                text(
                        "configuration.restart",
                        changes.stream().map(Notices::change).collect(Collectors.joining("; "))));
        boolean any = getChildren().stream().anyMatch(Node::isVisible);
        setVisible(any);
        setManaged(any);
    }

    private void keep() {
        outcome.follow(model.keep(), text("configuration.keeping"), _ -> text("configuration.kept"));
    }

    private void takeBack() {
        outcome.follow(
                model.takeBack(),
                text("configuration.takingback"),
                reloaded -> text("configuration.takenback", Words.reloaded(reloaded)));
    }

    private void merge() {
        int overlaps = model.merge();
        if (overlaps == 0) {
            outcome.done(text("configuration.merged"));
        } else {
            outcome.warn(text("configuration.merged.overlaps", overlaps));
        }
    }

    private void takeNewer() {
        questions
                .confirm(Confirmation.beforeDestroying("configuration.takenewer"))
                .done(wanted -> {
                    if (wanted) {
                        model.discard();
                        outcome.done(text("configuration.discarded"));
                    }
                });
    }

    private static void show(Notice notice, boolean shown, String words) {
        if (shown) {
            notice.say(words);
        } else {
            notice.hush();
        }
    }

    private static String change(Change change) {
        return text(
                "configuration.restart.change",
                change.option(),
                change.before().isEmpty() ? text("configuration.notset") : change.before(),
                change.after().isEmpty() ? text("configuration.notset") : change.after());
    }

    /** Minutes and seconds. */
    private static String clock(Duration left) {
        return String.format(Locale.ROOT, "%d:%02d", left.toMinutes(), left.toSecondsPart());
    }
}
