package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Whether settings come back by themselves unless they are kept, and after how long. */
final class Patience extends HBox {
    private static final List<Duration> CHOICES = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1));

    private final CheckBox wanted = new CheckBox(text("configuration.patience"));
    private final ComboBox<Duration> time = new ComboBox<>();

    /** @param id of the check box; the choice of the time has {@code .time} behind it */
    Patience(String id) {
        getStyleClass().add("patience");
        wanted.setId(id);
        wanted.setMnemonicParsing(true);
        wanted.setSelected(true);
        time.setId(id + ".time");
        time.setAccessibleText(wanted.getText());
        time.getItems().setAll(CHOICES);
        time.setValue(CHOICES.get(1));
        time.disableProperty().bind(wanted.selectedProperty().not());
        time.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Duration duration) {
                return duration == null ? "" : words(duration);
            }

            @Override
            public @Nullable Duration fromString(String words) {
                return null;
            }
        });
        getChildren().addAll(wanted, time);
    }

    /** Empty for settings that stay. */
    Optional<Duration> chosen() {
        return wanted.isSelected() ? Optional.ofNullable(time.getValue()) : Optional.empty();
    }

    private static String words(Duration duration) {
        return duration.toMinutes() == 0
                ? text("configuration.patience.seconds", duration.toSeconds())
                : text("configuration.patience.minutes", duration.toMinutes());
    }
}
