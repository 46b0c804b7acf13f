package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import javafx.event.EventHandler;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** The keys of a panel of lines beside those of the list itself, and the menu of the list, which names some of them. */
final class PanelKeys implements EventHandler<KeyEvent> {
    private static final KeyCombination COPY = KeyCombination.valueOf("Shortcut+C");
    private static final KeyCombination SEARCH = KeyCombination.valueOf("Shortcut+G");
    private static final KeyCombination TIME = KeyCombination.valueOf("Shortcut+T");
    private static final KeyCombination ONLY = KeyCombination.valueOf("Shortcut+L");
    private static final KeyCombination NEXT_ERROR = KeyCombination.valueOf("Alt+Down");
    private static final KeyCombination PREVIOUS_ERROR = KeyCombination.valueOf("Alt+Up");

    private final LineList list;
    private final FindBar find;
    private final LineActions actions;
    private final boolean hasErrors;
    private final Runnable toEnd;

    PanelKeys(LineList list, FindBar find, LineActions actions, boolean hasErrors, Runnable toEnd) {
        this.list = list;
        this.find = find;
        this.actions = actions;
        this.hasErrors = hasErrors;
        this.toEnd = toEnd;
    }

    /** Fills the menu of the list; {@code all} shows all lines again. */
    void fillMenu(Runnable all) {
        list.menu()
                .getItems()
                .addAll(
                        item("lines.copy", COPY, actions::copy),
                        item("lines.only", ONLY, actions::onlyThisConnection),
                        item("lines.all", KeyCombination.NO_MATCH, all));
        if (hasErrors) {
            list.menu()
                    .getItems()
                    .addAll(
                            item("lines.error.next", NEXT_ERROR, actions::nextError),
                            item("lines.error.previous", PREVIOUS_ERROR, actions::previousError));
        }
    }

    @Override
    public void handle(KeyEvent event) {
        action(event).ifPresent(wanted -> {
            wanted.run();
            event.consume();
        });
    }

    private Optional<Runnable> action(KeyEvent event) {
        if (event.getCode() == KeyCode.F3) {
            return Optional.of(event.isShiftDown() ? find::previous : find::next);
        } else if (SEARCH.match(event)) {
            return Optional.of(find::find);
        } else if (TIME.match(event)) {
            return Optional.of(find::goToTime);
        } else if (ONLY.match(event)) {
            return Optional.of(actions::onlyThisConnection);
        } else if (hasErrors && NEXT_ERROR.match(event)) {
            return Optional.of(actions::nextError);
        } else if (hasErrors && PREVIOUS_ERROR.match(event)) {
            return Optional.of(actions::previousError);
        }
        return list.equals(event.getTarget()) ? actionInList(event) : Optional.empty();
    }

    private Optional<Runnable> actionInList(KeyEvent event) {
        if (COPY.match(event)) {
            return Optional.of(actions::copy);
        }
        boolean end = event.getCode() == KeyCode.END && !event.isShiftDown();
        return end ? Optional.of(toEnd) : Optional.empty();
    }

    private static MenuItem item(String key, KeyCombination keys, Runnable action) {
        MenuItem item = new MenuItem(text(key));
        item.setId(key);
        if (!keys.equals(KeyCombination.NO_MATCH)) {
            item.setAccelerator(keys);
        }
        item.setOnAction(_ -> action.run());
        return item;
    }
}
