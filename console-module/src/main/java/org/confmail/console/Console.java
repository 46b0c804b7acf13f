package org.confmail.console;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;

/** The program. */
public final class Console extends Application {
    /** Starts it with the arguments of the command line. */
    public static void main(String[] args) {
        launch(args);
    }

    @Override
    public void start(Stage stage) {
        stage.setScene(new Scene(new Label("Confidant Mail")));
        stage.show();
    }
}
