package org.confmail.console.accounts;

import static org.confmail.console.text.Texts.text;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Labels;
import org.confmail.console.control.Outcome;
import org.confmail.shared.admin.AccountMethods;
import org.kordamp.ikonli.feather.Feather;

/** Adds an account, or makes free keys. */
final class NewAccount extends VBox {
    private static final int USUAL_COUNT = 5;

    private final AccountsModel model;
    private final TextField user = field("accounts.add.user");
    private final TextField key = field("accounts.add.key");
    private final Spinner<Integer> count = new Spinner<>(1, AccountMethods.GENERATED_MAX, USUAL_COUNT);
    private final Outcome outcome = new Outcome("accounts.add.outcome");

    NewAccount(AccountsModel model, BooleanBinding absent) {
        super(8);
        this.model = model;
        Button add = Buttons.of("accounts.add", Feather.USER_PLUS, this::add);
        add.disableProperty()
                .bind(absent.or(Bindings.createBooleanBinding(
                        () -> !Words.user(user.getText()) || !Words.key(key.getText()),
                        user.textProperty(),
                        key.textProperty())));
        Button generate = Buttons.of("accounts.generate", Feather.KEY, this::generate);
        generate.disableProperty().bind(absent);
        user.setOnAction(_ -> add.fire());
        key.setOnAction(_ -> add.fire());
        count.setId("accounts.generate.count");
        count.setEditable(true);
        count.getEditor().setPrefColumnCount(5);
        count.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(user, Priority.ALWAYS);
        HBox.setHgrow(key, Priority.ALWAYS);
        HBox adding = new HBox(
                8,
                Labels.of("accounts.add.user.label", user),
                user,
                Labels.of("accounts.add.key.label", key),
                key,
                add);
        Label hint = new Label(text("accounts.generate.hint"));
        hint.getStyleClass().add("faint");
        HBox generating = new HBox(8, Labels.of("accounts.generate.label", count), count, generate, hint);
        adding.setAlignment(Pos.CENTER_LEFT);
        generating.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(adding, generating, outcome);
    }

    private void add() {
        String wanted = user.getText().strip();
        outcome.follow(
                        model.add(wanted, key.getText()),
                        text("accounts.adding", wanted),
                        account -> text("accounts.added", account.user()))
                .done(_ -> {
                    user.clear();
                    key.clear();
                });
    }

    private void generate() {
        count.commitValue();
        int wanted = count.getValue();
        outcome.follow(
                model.generate(wanted),
                text("accounts.generating", wanted),
                keys -> text("accounts.generated", keys.keys().size()));
    }

    private static TextField field(String id) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(text(id + ".prompt"));
        return field;
    }

    /** What the server takes, so that a button is not offered for what would be refused. */
    static final class Words {
        private static final String WORD = "[0-9A-Za-z]{8,40}";

        private Words() {}

        static boolean user(String text) {
            return text.strip().matches(WORD);
        }

        /** May be absent. */
        static boolean key(String text) {
            return text.isBlank() || text.strip().matches(WORD);
        }
    }
}
