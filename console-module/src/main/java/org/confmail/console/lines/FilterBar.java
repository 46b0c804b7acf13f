package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** What is shown: kinds of lines, a text or an expression, a connection. In a narrow window it takes two lines. */
final class FilterBar extends FlowPane {
    static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");
    private static final int WORDS_COLUMNS = 20;
    private static final int CONNECTION_COLUMNS = 6;

    private final LineModel model;
    private final ComboBox<Choice> kinds = new ComboBox<>();
    private final TextField words;
    private final TextField connection = new TextField();

    FilterBar(LineModel model, String kindsKey, List<Choice> choices) {
        this.model = model;
        getStyleClass().add("line-bar");
        kinds.setId(kindsKey);
        kinds.getItems().setAll(choices);
        kinds.setValue(choices.getFirst());
        kinds.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Choice choice) {
                return choice == null ? "" : choice.words();
            }

            @Override
            public @Nullable Choice fromString(String words) {
                return null;
            }
        });
        kinds.setMinWidth(USE_PREF_SIZE);
        kinds.setOnAction(_ -> model.marks().set(kinds.getValue().marks()));
        words = words("lines.filter", model.filterText(), model.filterProblem());
        words.setPrefColumnCount(WORDS_COLUMNS);
        connection.setId("lines.connection");
        connection.setPrefColumnCount(CONNECTION_COLUMNS);
        connection.setPromptText(text("lines.connection.prompt"));
        connection.setTooltip(new Tooltip(text("lines.connection.help")));
        connection.textProperty().addListener((_, _, written) -> connectionWritten(written.strip()));
        model.connection().addListener((_, _, now) -> connectionChosen(now));
        getChildren()
                .addAll(
                        group(label(kindsKey, kinds), kinds),
                        group(
                                label("lines.filter", words),
                                words,
                                expression("lines.filter.expression", model.filterExpression())),
                        group(label("lines.connection", connection), connection));
    }

    /** What stays together where the line is broken. */
    static HBox group(Node... nodes) {
        HBox group = new HBox(nodes);
        group.getStyleClass().add("line-group");
        return group;
    }

    /** The cursor goes to the text. */
    void find() {
        words.requestFocus();
        words.selectAll();
    }

    /** Chooses the first kinds that are just these. */
    void choose(Set<Mark> marks) {
        kinds.getItems().stream()
                .filter(choice -> choice.marks().equals(marks))
                .findFirst()
                .ifPresent(kinds::setValue);
        model.marks().set(marks);
    }

    /** All lines are shown again. */
    void clear() {
        kinds.setValue(kinds.getItems().getFirst());
        model.marks().set(kinds.getValue().marks());
        words.clear();
        connection.clear();
    }

    /** A field for a text that is looked for; ESCAPE empties it. */
    static TextField words(String key, StringProperty property, ReadOnlyStringProperty problem) {
        TextField field = new TextField();
        field.setId(key);
        field.setPromptText(text(key + ".prompt"));
        field.setTooltip(new Tooltip(text(key + ".help")));
        field.textProperty().bindBidirectional(property);
        field.setMinWidth(USE_PREF_SIZE);
        problem.addListener((_, _, reason) -> field.pseudoClassStateChanged(WRONG, !reason.isEmpty()));
        field.setOnKeyPressed(key1 -> {
            if (key1.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                field.clear();
                key1.consume();
            }
        });
        return field;
    }

    static CheckBox expression(String key, BooleanProperty property) {
        CheckBox box = new CheckBox(text(key));
        box.setId(key);
        box.setMnemonicParsing(true);
        box.setMinWidth(USE_PREF_SIZE);
        box.setTooltip(new Tooltip(text("lines.expression.help")));
        box.selectedProperty().bindBidirectional(property);
        return box;
    }

    static Label label(String key, Node field) {
        Label label = new Label(text(key + ".label"));
        label.setMnemonicParsing(true);
        label.setLabelFor(field);
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private void connectionWritten(String written) {
        boolean number = written.matches("\\d{1,18}");
        connection.pseudoClassStateChanged(WRONG, !number && !written.isEmpty());
        if (number) {
            model.connection().set(OptionalLong.of(Long.parseLong(written)));
        } else if (written.isEmpty()) {
            model.connection().set(OptionalLong.empty());
        }
    }

    private void connectionChosen(OptionalLong now) {
        String written = now.isPresent() ? "" + now.getAsLong() : "";
        if (!connection.getText().strip().equals(written)) {
            connection.setText(written);
        }
    }

    /**
     * Kinds of lines to choose.
     *
     * @param words what stands in the list of choices
     */
    record Choice(String words, Set<Mark> marks) {
        Choice {
            marks = Set.copyOf(marks);
        }
    }
}
