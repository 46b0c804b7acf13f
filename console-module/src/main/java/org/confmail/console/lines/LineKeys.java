package org.confmail.console.lines;

import javafx.event.EventHandler;
import javafx.scene.input.KeyEvent;

/** The keys of a list of lines. */
final class LineKeys implements EventHandler<KeyEvent> {
    private final LineList list;

    LineKeys(LineList list) {
        this.list = list;
    }

    @Override
    public void handle(KeyEvent event) {
        if (event.isAltDown() || !pressed(event)) {
            return;
        }
        event.consume();
    }

    private boolean pressed(KeyEvent event) {
        boolean extending = event.isShiftDown();
        switch (event.getCode()) {
            case UP -> list.select(list.leadPlace() - 1, extending);
            case DOWN -> list.select(list.leadPlace() + 1, extending);
            case PAGE_UP -> list.select(list.leadPlace() - list.rowsShown(), extending);
            case PAGE_DOWN -> list.select(list.leadPlace() + list.rowsShown(), extending);
            case HOME -> list.select(-1, extending);
            case A -> {
                if (!event.isShortcutDown()) {
                    return false;
                }
                list.selectAll();
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
