package org.confmail.console.accounts;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.CopyButton;
import org.confmail.console.control.Outcome;
import org.confmail.console.view.FileExport;
import org.confmail.console.view.Workplace;
import org.kordamp.ikonli.feather.Feather;

/** Keys that the server has just made: shown this once, to be copied or written to a file. Not there while there are none. */
final class FreshKeys extends VBox {
    private static final int ROWS_MAX = 8;

    private final AccountsModel model;
    private final TextArea keys = new TextArea();
    private final Label title = new Label();
    private final Outcome outcome = new Outcome("accounts.fresh.outcome");

    FreshKeys(Workplace workplace, AccountsModel model) {
        this.model = model;
        setId("accounts.fresh");
        getStyleClass().addAll("card", "fresh-keys");
        title.getStyleClass().add("card-title");
        Label help = new Label(text("accounts.fresh.help"));
        help.setWrapText(true);
        help.setMinHeight(USE_PREF_SIZE);
        keys.setId("accounts.fresh.keys");
        keys.setEditable(false);
        keys.setMinHeight(USE_PREF_SIZE);
        keys.getStyleClass().add("monospace");
        CopyButton copy = new CopyButton("accounts.fresh.copy", this::copied);
        copy.getStyleClass().add("accent");
        Button save = Buttons.of("accounts.fresh.save", Feather.SAVE, () -> {
            FileExport.save(workplace, outcome, "free-keys.txt", this::copied);
        });
        Button hide = Buttons.of("accounts.fresh.hide", Feather.X, model::forgetFresh);
        getChildren().addAll(title, help, keys, new HBox(8, copy, save, hide), outcome);
        model.fresh().addListener((_, _, fresh) -> show(fresh));
        show(model.fresh().get());
    }

    private void show(List<String> fresh) {
        setVisible(!fresh.isEmpty());
        setManaged(!fresh.isEmpty());
        outcome.clear();
        title.setText(text("accounts.fresh.title", fresh.size()));
        keys.setText(String.join("\n", fresh));
        keys.setPrefRowCount(Math.clamp(fresh.size(), 1, ROWS_MAX));
        if (!fresh.isEmpty()) {
            keys.requestFocus();
        }
    }

    private String copied() {
        model.take();
        return String.join("\n", model.fresh().get()) + "\n";
    }
}
