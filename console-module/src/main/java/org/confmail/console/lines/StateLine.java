package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import javafx.scene.control.Label;
import org.confmail.console.text.Shown;

/** How many lines there are and are shown, and whether new ones appear. */
final class StateLine extends Label {
    private static final String GAP = "   ·   ";

    StateLine() {
        setId("lines.state");
        getStyleClass().add("faint");
        setMinWidth(USE_PREF_SIZE);
    }

    void show(LineModel model, boolean following) {
        String looking = model.shown().isLooking() ? GAP + text("lines.state.looking") : "";
        setText(counted(model) + GAP + how(model, following) + looking);
    }

    private static String counted(LineModel model) {
        int all = model.store().size();
        int shown = model.shown().size();
        return shown == all
                ? text("lines.state.all", all, Shown.number(all))
                : text("lines.state.some", Shown.number(shown), Shown.number(all));
    }

    private static String how(LineModel model, boolean following) {
        long unseen = model.unseen().get();
        if (!model.live().get()) {
            return text("lines.state.past", unseen, Shown.number(unseen));
        }
        if (model.paused().get()) {
            return text("lines.state.paused", unseen, Shown.number(unseen));
        }
        return text(following ? "lines.state.follows" : "lines.state.stays");
    }
}
