package org.confmail.console.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.image.Image;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;
import org.confmail.console.testing.Screenshots.Theme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Windows without a screen: shown, clicked at, photographed. */
@ExtendWith(ApplicationExtension.class)
class HeadlessWindowTest {
    @Start
    void show(Stage shared) {
        // Of its own size: other tests leave the shared one as wide as a console must be.
        Stage stage = new Stage();
        Button button = new Button("Press");
        button.setOnAction(event -> button.setText("Pressed"));
        Rectangle patch = new Rectangle(200, 40, Color.web("#12ab34"));
        stage.setScene(new Scene(new VBox(patch, button), 200, 100));
        stage.show();
    }

    @Test
    void windowAnswersToClicksAndIsPhotographed(FxRobot robot) throws IOException {
        Button button = robot.lookup("Press").queryButton();
        robot.clickOn(button);
        Fx.until("pressed", () -> button.getText().equals("Pressed"));
        Path file = Screenshots.take(button.getScene(), "headless-window", Theme.LIGHT);
        Image image = new Image(file.toUri().toString());
        assertFalse(image.isError(), () -> image.getException().toString());
        assertEquals(200, image.getWidth());
        assertEquals(100, image.getHeight());
        assertEquals(Color.web("#12ab34"), image.getPixelReader().getColor(20, 10));
        Files.delete(file);
    }

    @Test
    void workRunsInTheThreadOfTheToolkitAndFailsTheTest() {
        assertEquals(true, Fx.get(Platform::isFxApplicationThread));
        AssertionError error = assertThrows(
                AssertionError.class,
                () -> Fx.run(() -> {
                    throw new IllegalStateException("as was asked for");
                }));
        assertInstanceOf(IllegalStateException.class, error.getCause());
    }
}
