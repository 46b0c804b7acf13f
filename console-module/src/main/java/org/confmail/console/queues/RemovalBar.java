package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.util.StringConverter;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Labels;
import org.confmail.console.remote.Answer;
import org.confmail.shared.admin.QueueMethods.Count;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Removes entries by what they have in common; says how many there are while it is being chosen. */
final class RemovalBar extends FlowPane {
    private static final String ANY = "";
    private static final int AGE_COLUMNS = 5;

    private final Removal removal;
    private final CheckBox everywhere = new CheckBox(text("queues.removal.everywhere"));
    private final ComboBox<String> kind = new ComboBox<>();
    private final TextField age = new TextField();
    private final ComboBox<Unit> unit = new ComboBox<>();
    private final Label found = new Label();
    private final Button remove;
    private Optional<String> target = Optional.empty();
    private Optional<Answer<Count>> counting = Optional.empty();

    /** A unit of age. */
    private enum Unit {
        MINUTES(Duration.ofMinutes(1)),
        HOURS(Duration.ofHours(1)),
        DAYS(Duration.ofDays(1));

        private final Duration length;

        Unit(Duration length) {
            this.length = length;
        }

        String words() {
            return text("queues.removal." + name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * An empty form.
     *
     * @param remover takes a filter, and what it means in words
     */
    RemovalBar(Removal removal, BiConsumer<Filter, String> remover) {
        this.removal = removal;
        setId("queues.removal.bar");
        getStyleClass().addAll("card", "removal-bar");
        kind.setId("queues.removal.kind");
        kind.getItems().setAll(ANY, "account", "data", "text");
        kind.setValue(ANY);
        kind.setConverter(words(value -> value.equals(ANY) ? text("queues.removal.anykind") : EntriesPane.kind(value)));
        age.setId("queues.removal.age");
        age.setPrefColumnCount(AGE_COLUMNS);
        age.setPromptText(text("queues.removal.anyage"));
        unit.setId("queues.removal.unit");
        unit.getItems().setAll(Unit.values());
        unit.setValue(Unit.HOURS);
        unit.setConverter(words(Unit::words));
        everywhere.setId("queues.removal.everywhere");
        everywhere.setMnemonicParsing(true);
        found.setId("queues.removal.found");
        remove = Buttons.dangerous(
                "queues.removal.remove",
                Feather.TRASH_2,
                () -> filter().ifPresent(wanted -> remover.accept(wanted, words())));
        Label kindName = Labels.of("queues.removal.kind", kind);
        Label ageName = Labels.of("queues.removal.age", age);
        getChildren().addAll(kindName, kind, ageName, age, unit, everywhere, remove, found);
        kind.valueProperty().addListener((_, _, _) -> count());
        age.textProperty().addListener((_, _, _) -> count());
        unit.valueProperty().addListener((_, _, _) -> count());
        everywhere.selectedProperty().addListener((_, _, _) -> count());
        visibleProperty().addListener((_, _, _) -> count());
    }

    /** Entries of this target are meant from now on. */
    void show(Optional<String> chosen) {
        target = chosen;
        count();
    }

    /** Counts anew: entries have come or gone. */
    void count() {
        counting.ifPresent(Answer::drop);
        counting = Optional.empty();
        remove.setDisable(true);
        if (!isVisible()) {
            return;
        }
        Optional<Filter> wanted = filter();
        if (wanted.isEmpty()) {
            found.setText(problem());
            return;
        }
        Answer<Count> answer = removal.count(wanted.get());
        counting = Optional.of(answer);
        answer.done(count -> {
                    found.setText(text(
                            "queues.removal.found", Counts.entries(count.entries(), count.bytes()), count.entries()));
                    remove.setDisable(count.entries() == 0);
                })
                .failed(failure -> found.setText(failure.text()));
    }

    /** What is chosen; empty when that would be everything, or makes no sense. */
    private Optional<Filter> filter() {
        Optional<String> where = everywhere.isSelected() ? Optional.empty() : target;
        Optional<String> what = Optional.of(kind.getValue()).filter(value -> !value.equals(ANY));
        Optional<Duration> older = older();
        boolean wrongAge = !age.getText().isBlank() && older.isEmpty();
        boolean everything = what.isEmpty() && older.isEmpty();
        if (wrongAge || everything || (where.isEmpty() && !everywhere.isSelected())) {
            return Optional.empty();
        }
        return Optional.of(new Filter(where, what, older.map(Duration::toSeconds), Optional.empty()));
    }

    private String problem() {
        if (!age.getText().isBlank() && older().isEmpty()) {
            return text("queues.removal.wrongage");
        }
        return text("queues.removal.choose");
    }

    private Optional<Duration> older() {
        try {
            long number = Long.parseLong(age.getText().strip());
            return number < 0
                    ? Optional.empty()
                    : Optional.of(unit.getValue().length.multipliedBy(number));
        } catch (NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Such as: data block, older than 3 hours, of replication. */
    private String words() {
        List<String> parts = new ArrayList<>();
        if (!kind.getValue().equals(ANY)) {
            parts.add(text("queues.removal.said.kind", EntriesPane.kind(kind.getValue())));
        }
        older().ifPresent(_ -> parts.add(text(
                "queues.removal.said.age",
                age.getText().strip(),
                unit.getValue().words())));
        parts.add(
                everywhere.isSelected()
                        ? text("queues.removal.said.everywhere")
                        : text("queues.removal.said.target", target.orElse("")));
        return String.join(", ", parts);
    }

    private static <T> StringConverter<T> words(Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public @Nullable T fromString(String text) {
                return null;
            }
        };
    }
}
