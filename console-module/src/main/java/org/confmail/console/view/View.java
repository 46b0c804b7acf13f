package org.confmail.console.view;

import javafx.scene.Node;
import javafx.scene.Parent;

/** A page of the window: it answers one question of an operator. All methods are called in the thread of the window. */
public interface View {
    ViewName name();

    /** What stands on the screen; always the same node. */
    Parent content();

    /** What gets the keys of this view that are pressed while the cursor is outside it, in the navigation say. */
    default Node keys() {
        return content();
    }

    /** It is on the screen from now on: time to ask the server. */
    void shown();

    /** It is not on the screen any more: no need to ask. */
    void hidden();

    /** Shows what somebody came for from another view. */
    default void go(String item) {}

    /** Asks the server again (F5). */
    default void refresh() {}

    /** Puts the cursor where this view is searched or filtered (Ctrl+F). */
    default void find() {}

    /** Writes what the view shows to a file (Ctrl+E). */
    default void export() {}

    /** Whether something here would be lost if the window closed now, such as an edited text. */
    default boolean unsaved() {
        return false;
    }

    /** The window shows another server from now on: lets go of everything. */
    default void close() {}
}
