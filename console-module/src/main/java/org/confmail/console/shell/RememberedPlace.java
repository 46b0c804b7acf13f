package org.confmail.console.shell;

import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.confmail.console.settings.Settings;
import org.confmail.console.settings.WindowPlace;

/**
 * Puts the window where it was, if there still is a screen, and remembers where it is: as soon as it stands still, because a
 * program that is ended by a signal may not get to say so.
 */
final class RememberedPlace {
    private static final String NAME = "window";
    private static final double WIDTH_MIN = 880;
    private static final double HEIGHT_MIN = 480;
    /** As much of the window must lie on a screen, so that it can be seen and moved. */
    private static final double VISIBLE_MIN = 100;

    /** Between the steps of one movement less time passes. */
    private static final Duration STILL = Duration.millis(400);

    private final Settings settings;
    private final Stage stage;
    private final PauseTransition still = new PauseTransition(STILL);

    RememberedPlace(Settings settings, Stage stage) {
        this.settings = settings;
        this.stage = stage;
    }

    void apply() {
        stage.setMinWidth(WIDTH_MIN);
        stage.setMinHeight(HEIGHT_MIN);
        settings.get(NAME, WindowPlace.class)
                .filter(RememberedPlace::isOnScreen)
                .ifPresent(place -> {
                    stage.setX(place.x());
                    stage.setY(place.y());
                    stage.setWidth(place.width());
                    stage.setHeight(place.height());
                    stage.setMaximized(place.maximized());
                });
        stage.setOnHiding(_ -> remember());
        still.setOnFinished(_ -> remember());
        Stream.of(
                        stage.xProperty(),
                        stage.yProperty(),
                        stage.widthProperty(),
                        stage.heightProperty(),
                        stage.maximizedProperty(),
                        stage.showingProperty())
                .forEach(property -> property.addListener((_, _, _) -> still.playFromStart()));
    }

    /** A window that is not on the screen has no place. */
    void remember() {
        still.stop();
        if (!stage.isShowing()) {
            return;
        }
        boolean filled = stage.isMaximized() || stage.isFullScreen() || stage.isIconified();
        WindowPlace now = new WindowPlace(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), false);
        // What a window that fills its screen had before is what was remembered last.
        WindowPlace place = filled ? settings.get(NAME, WindowPlace.class).orElse(now) : now;
        settings.put(NAME, new WindowPlace(place.x(), place.y(), place.width(), place.height(), stage.isMaximized()));
    }

    private static boolean isOnScreen(WindowPlace place) {
        Rectangle2D strip = new Rectangle2D(place.x(), place.y(), Math.max(place.width(), WIDTH_MIN), VISIBLE_MIN);
        return place.width() >= WIDTH_MIN
                && place.height() >= HEIGHT_MIN
                && Screen.getScreensForRectangle(strip).stream()
                        .map(Screen::getVisualBounds)
                        .anyMatch(screen -> Math.min(screen.getMaxX(), strip.getMaxX())
                                                - Math.max(screen.getMinX(), strip.getMinX())
                                        >= VISIBLE_MIN
                                && screen.contains(Math.max(screen.getMinX(), strip.getMinX()), strip.getMinY()));
    }
}
