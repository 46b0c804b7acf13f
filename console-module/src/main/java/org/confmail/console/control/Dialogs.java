package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.confmail.console.remote.Answer;
import org.jspecify.annotations.Nullable;

/** Asks in dialogs above a window. */
public final class Dialogs implements Questions {
    private final Window owner;

    /** Dialogs above that window. */
    public Dialogs(Window owner) {
        this.owner = owner;
    }

    @Override
    public Answer<Boolean> confirm(Confirmation confirmation) {
        ButtonType action = new ButtonType(confirmation.action(), ButtonData.OK_DONE);
        ButtonType cancel = new ButtonType(text("dialog.cancel"), ButtonData.CANCEL_CLOSE);
        Dialog<ButtonType> dialog = new Dialog<>();
        prepare(dialog, confirmation.title());
        Label words = new Label(confirmation.words());
        words.setWrapText(true);
        words.getStyleClass().add("dialog-text");
        words.setId("dialog.text");
        dialog.getDialogPane().setContent(words);
        dialog.getDialogPane().getButtonTypes().setAll(action, cancel);
        Button go = (Button) dialog.getDialogPane().lookupButton(action);
        go.setId("dialog.action");
        Button stay = (Button) dialog.getDialogPane().lookupButton(cancel);
        stay.setId("dialog.cancel");
        if (confirmation.destroys()) {
            go.getStyleClass().add("danger");
            go.setDefaultButton(false);
            dialog.setOnShown(_ -> stay.requestFocus());
        }
        Answer<Boolean> answer = new Answer<>();
        dialog.setOnHidden(_ -> answer.complete(dialog.getResult() == action));
        dialog.show();
        return answer;
    }

    @Override
    public Answer<Path> fileToSave(String title, String suggestedName) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(suggestedName);
        return ask(() -> chooser.showSaveDialog(owner));
    }

    @Override
    public Answer<Path> fileToOpen(String title, Optional<Path> beginAt) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        beginAt.filter(Files::isDirectory).map(Path::toFile).ifPresent(chooser::setInitialDirectory);
        return ask(() -> chooser.showOpenDialog(owner));
    }

    @Override
    public Answer<Path> directory(String title, Optional<Path> beginAt) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        beginAt.filter(Files::isDirectory).map(Path::toFile).ifPresent(chooser::setInitialDirectory);
        return ask(() -> chooser.showDialog(owner));
    }

    /** Puts a dialog above the window, in its colours. */
    public void prepare(Dialog<?> dialog, String title) {
        dialog.initOwner(owner);
        dialog.setTitle(title);
        dialog.setHeaderText(title);
        dialog.setResizable(true);
        dialog.getDialogPane().getStyleClass().add("console-dialog");
        dialog.getDialogPane().getStylesheets().setAll(owner.getScene().getStylesheets());
        dialog.getDialogPane()
                .getStyleClass()
                .addAll(owner.getScene().getRoot().getStyleClass().stream()
                        .filter(style -> style.equals("dark") || style.equals("light"))
                        .toList());
    }

    private static Answer<Path> ask(Supplier<@Nullable File> chooser) {
        Answer<Path> answer = new Answer<>();
        Optional.ofNullable(chooser.get()).map(File::toPath).ifPresent(answer::complete);
        return answer;
    }
}
