package org.confmail.console.shell;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.GridPane;
import javafx.stage.Stage;
import org.confmail.console.control.Dialogs;
import org.confmail.console.view.ViewName;

/** What the help menu shows. */
final class HelpDialogs {
    private static final List<String> KEYS =
            List.of("find", "refresh", "export", "copy", "open", "menu", "navigation", "connect", "quit");
    private static final int ICON_SIZE = 64;

    private final Stage owner;

    HelpDialogs(Stage owner) {
        this.owner = owner;
    }

    /** Every key that the window understands. */
    void shortcuts() {
        GridPane grid = new GridPane(24, 6);
        int row = 0;
        for (ViewName name : ViewName.values()) {
            add(grid, row++, MainMenu.accelerator(name).getDisplayText(), text(name.key() + ".title"));
        }
        for (String key : KEYS) {
            add(grid, row++, text("shortcuts." + key + ".keys"), text("shortcuts." + key));
        }
        show(text("shortcuts.title"), grid, "shortcuts");
    }

    /** What this program is. */
    void about() {
        Label words = new Label(text("about.text", Version.full()));
        words.setWrapText(true);
        words.getStyleClass().add("dialog-text");
        Icons.image(ICON_SIZE).ifPresent(image -> words.setGraphic(new ImageView(image)));
        words.setGraphicTextGap(16);
        show(text("about.title"), words, "about");
    }

    private void show(String title, Node content, String id) {
        Dialog<Void> dialog = new Dialog<>();
        new Dialogs(owner).prepare(dialog, title);
        content.setId(id);
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
        dialog.show();
    }

    private static void add(GridPane grid, int row, String keys, String meaning) {
        Label label = new Label(keys);
        label.getStyleClass().add("keys");
        grid.addRow(row, label, new Label(meaning));
    }
}
