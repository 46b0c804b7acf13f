package org.confmail.console.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import org.confmail.console.settings.Settings;
import org.confmail.console.settings.ThemeChoice;

/** The colours: light or dark, as the user chose, or as the desktop has them. */
public final class Theme {
    private static final String NAME = "theme";
    private static final String STYLESHEET = Objects.requireNonNull(
                    Theme.class.getResource("/org/confmail/console/console.css"))
            .toExternalForm();

    private final ObjectProperty<ThemeChoice> choice = new SimpleObjectProperty<>(ThemeChoice.SYSTEM);
    private final Scene scene;

    /** Colours the scene, from now on. */
    public Theme(Scene scene, Settings settings) {
        this.scene = scene;
        choice.set(settings.get(NAME, ThemeChoice.class).orElse(ThemeChoice.SYSTEM));
        scene.getStylesheets().add(STYLESHEET);
        choice.addListener((_, _, chosen) -> {
            settings.put(NAME, chosen);
            apply();
        });
        Platform.getPreferences().colorSchemeProperty().addListener((_, _, _) -> apply());
        apply();
    }

    /** What the user wants; setting it is remembered. */
    public ObjectProperty<ThemeChoice> choice() {
        return choice;
    }

    private boolean isDark() {
        return switch (choice.get()) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    private void apply() {
        boolean dark = isDark();
        Application.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        scene.getRoot().getStyleClass().removeAll("dark", "light");
        scene.getRoot().getStyleClass().add(dark ? "dark" : "light");
    }
}
