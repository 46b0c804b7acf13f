package org.confmail.console.remote;

/** Something of the server that is looked at while a view is on the screen. Belongs to the thread of the window. */
public interface Watch {
    /** Asks, or is told, from now on; does nothing when it has begun. */
    void start();

    /** Asks no more. */
    void stop();

    /** Asks now, if it has begun. */
    void refresh();
}
