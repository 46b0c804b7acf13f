package org.confmail.console.dht;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.Outcome;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.DhtMethods.Asked;
import org.confmail.shared.admin.DhtMethods.Found;
import org.kordamp.ikonli.feather.Feather;

/** Looks a key up, and shows which nodes were asked on the way. */
final class LookupPane extends VBox {
    private final LookupModel model;
    private final TextField key = new TextField();
    private final Label hint = new Label();
    private final Outcome outcome = new Outcome("dht.lookup.outcome");
    private final PathPicture picture = new PathPicture();
    private final DataTable<Step> table;

    LookupPane(Workplace workplace) {
        model = new LookupModel(workplace.remote());
        getStyleClass().add("tab-page");
        table = new DataTable<>("dht.path", workplace.settings(), Step::number, columns());
        table.whenEmpty(text("dht.path.empty"));
        key.setId("dht.key");
        key.setPromptText(text("dht.key.prompt"));
        key.getStyleClass().add("monospace");
        Button lookup = Buttons.main("dht.lookup", Feather.SEARCH, this::lookup);
        lookup.disableProperty()
                .bind(workplace
                        .absent()
                        .or(model.running())
                        .or(Bindings.createBooleanBinding(
                                () -> LookupModel.wrong(key.getText()).isPresent(), key.textProperty())));
        key.setOnAction(_ -> lookup.fire());
        key.textProperty().addListener((_, _, typed) -> check(typed));
        Label label = new Label(text("dht.key.label"));
        label.setMnemonicParsing(true);
        label.setLabelFor(key);
        hint.setId("dht.key.hint");
        hint.getStyleClass().add("faint");
        check("");
        HBox.setHgrow(key, Priority.ALWAYS);
        HBox asking = new HBox(8, label, key, lookup);
        asking.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(table.node(), Priority.ALWAYS);
        getChildren().addAll(asking, hint, outcome, picture, table.node());
    }

    /** Puts the cursor where a key is typed. */
    void find() {
        key.requestFocus();
        key.selectAll();
    }

    /** Looks this key up if it is one. */
    void ask(String wanted) {
        key.setText(wanted);
        if (LookupModel.wrong(wanted).isEmpty()) {
            lookup();
        }
    }

    String csv() {
        return table.csv();
    }

    private void check(String typed) {
        Optional<String> wrong = LookupModel.wrong(typed);
        hint.setText(wrong.orElse(text("dht.key.right")));
        boolean bad = wrong.isPresent() && !typed.isBlank();
        hint.getStyleClass().removeAll("doubtful", "faint");
        hint.getStyleClass().add(bad ? "doubtful" : "faint");
    }

    private void lookup() {
        outcome.working(text("dht.lookup.working"));
        model.lookup(key.getText()).done(this::show).failed(outcome::failed);
    }

    private void show(Found found) {
        String words = LookupModel.words(found);
        if (found.crowded()) {
            outcome.warn(text("dht.lookup.crowded", words));
        } else if (found.found()) {
            outcome.done(words);
        } else {
            outcome.warn(words);
        }
        picture.show(found);
        table.show(Step.of(found));
    }

    private static List<Column<Step>> columns() {
        return List.of(
                Column.number("dht.path.order", 60, Step::number),
                Column.number("dht.path.hop", 50, step -> step.asked().hop()),
                Column.words(
                        "dht.path.address",
                        170,
                        step -> step.asked().address() + ":" + step.asked().port()),
                Column.number("dht.path.bits", 105, step -> step.asked().sharedBits()),
                Column.words("dht.path.outcome", 110, step -> step.asked().outcome()),
                Column.number("dht.path.millis", 110, step -> step.asked().millis()),
                Column.<Step>words("dht.path.id", 220, step -> step.asked().id())
                        .styled(_ -> Optional.of("monospace"))
                        .filling());
    }

    /**
     * A node that was asked.
     *
     * @param number the place of its answer, from 1
     */
    private record Step(int number, Asked asked) {
        static List<Step> of(Found found) {
            return IntStream.range(0, found.path().size())
                    .mapToObj(i -> new Step(i + 1, found.path().get(i)))
                    .toList();
        }
    }
}
