package org.confmail.server.main;

import org.confmail.server.systemd.Watchdog;

/** A server that is ready. All methods may be called from any thread. */
interface RunningServer extends Watchdog.Patient {

    /** Waits until the server begins to stop, whoever asked for that. */
    void awaitStopBegin() throws InterruptedException;

    /** Waits until the server has stopped in an orderly way, whoever asked for that: a signal or a client's SHUTDOWN. */
    void awaitStop() throws InterruptedException;

    /** Asks the server to stop, and returns at once; once it is stopping, this does nothing. */
    void stop();

    /** Reads config.txt again. Wrong new text is logged with all its errors, and the old settings stay. */
    void reload();
}
