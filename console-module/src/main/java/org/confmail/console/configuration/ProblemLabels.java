package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import javafx.scene.control.Label;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigProblem.Severity;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Errors and warnings on the screen: an octagon with a cross and red, a triangle and yellow, and the word. */
final class ProblemLabels {
    private ProblemLabels() {}

    /** A new icon, which has its colour by itself: that of a cell around it reaches it too late at times. */
    static FontIcon icon(Severity severity) {
        FontIcon icon = new FontIcon(severity == Severity.ERROR ? Feather.X_OCTAGON : Feather.ALERT_TRIANGLE);
        icon.getStyleClass().add(style(severity));
        return icon;
    }

    static String style(Severity severity) {
        return severity == Severity.ERROR ? "bad" : "doubtful";
    }

    /** The words, marked by how bad the problem is. */
    static Label of(ConfigProblem problem, String words) {
        Severity severity = problem.severity();
        Label label = new Label(
                text(severity == Severity.ERROR ? "configuration.error" : "configuration.warning", words),
                icon(severity));
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        label.getStyleClass().addAll("problem", style(severity));
        return label;
    }
}
