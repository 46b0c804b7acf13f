package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import java.util.function.Function;
import javafx.scene.control.Label;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Problem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Tells what came of an action, beside the button by which it was asked for. Empty until then. */
public final class Outcome extends Label {
    /** Makes an empty one; {@code id} is the id of the node. */
    public Outcome(String id) {
        setId(id);
        setWrapText(true);
        setMinHeight(USE_PREF_SIZE);
        getStyleClass().add("outcome");
        clear();
    }

    /** Says that it is being done, then what came of it. */
    public <R> Answer<R> follow(Answer<R> answer, String working, Function<R, String> done) {
        working(working);
        return answer.done(result -> done(done.apply(result))).failed(this::failed);
    }

    /** Something is being done. */
    public void working(String words) {
        show(words, Feather.CLOCK, "working");
    }

    /** It was done. */
    public void done(String words) {
        show(words, Feather.CHECK, "success");
    }

    /** It was done, and something is to be thought of. */
    public void warn(String words) {
        show(words, Feather.ALERT_TRIANGLE, "warning");
    }

    /** It was not done. */
    public void failed(Problem problem) {
        failed(problem.text());
    }

    /** It was not done, for this reason. */
    public void failed(String reason) {
        show(text("outcome.failed", reason), Feather.ALERT_OCTAGON, "danger");
    }

    /** Nothing was asked for. */
    public void clear() {
        setText("");
        setGraphic(null);
        setVisible(false);
        setManaged(false);
    }

    private void show(String words, Feather icon, String style) {
        getStyleClass().removeAll("working", "success", "warning", "danger");
        getStyleClass().add(style);
        setText(words);
        setGraphic(new FontIcon(icon));
        setVisible(true);
        setManaged(true);
    }
}
