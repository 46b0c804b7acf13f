package org.confmail.console.shell;

import static org.confmail.console.text.Texts.text;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.confmail.console.view.ViewName;
import org.kordamp.ikonli.javafx.FontIcon;

/** The list of views at the left; up and down move in it. */
final class Navigation extends VBox {
    private final Map<ViewName, ToggleButton> buttons = new EnumMap<>(ViewName.class);

    Navigation(Consumer<ViewName> go) {
        setId("navigation");
        getStyleClass().add("navigation");
        ToggleGroup group = new ToggleGroup();
        for (ViewName name : ViewName.values()) {
            ToggleButton button = new ToggleButton(text(name.key() + ".title"), new FontIcon(name.icon()));
            button.setId("go." + name.key());
            button.setToggleGroup(group);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setAlignment(Pos.BASELINE_LEFT);
            button.setAccessibleRole(AccessibleRole.TAB_ITEM);
            button.setTooltip(new Tooltip(text(name.key() + ".question")));
            button.setOnAction(_ -> go.accept(name));
            buttons.put(name, button);
            getChildren().add(button);
        }
        addEventFilter(KeyEvent.KEY_PRESSED, pressed -> {
            if (pressed.getCode() == KeyCode.DOWN || pressed.getCode() == KeyCode.UP) {
                move(pressed.getCode() == KeyCode.DOWN ? 1 : -1, go);
                pressed.consume();
            }
        });
    }

    /** Marks the view that is on the screen. */
    void mark(ViewName shown) {
        buttons.forEach((name, button) -> {
            button.setSelected(name == shown);
            // One stop for TAB; the arrows do the rest.
            button.setFocusTraversable(name == shown);
        });
    }

    private void move(int step, Consumer<ViewName> go) {
        List<ViewName> names = List.copyOf(buttons.keySet());
        buttons.entrySet().stream()
                .filter(entry -> entry.getValue().isFocused())
                .findFirst()
                .map(entry -> names.get(Math.floorMod(names.indexOf(entry.getKey()) + step, names.size())))
                .ifPresent(next -> {
                    go.accept(next);
                    Optional.ofNullable(buttons.get(next)).ifPresent(ToggleButton::requestFocus);
                });
    }
}
