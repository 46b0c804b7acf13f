package org.confmail.server.main;

/** A server that is ready. All methods may be called from any thread. */
interface RunningServer {

    /** Waits until the server has stopped in an orderly way, whoever asked for that: a signal or a client's SHUTDOWN. */
    void awaitStop() throws InterruptedException;

    /** Asks the server to stop, and returns at once; once it is stopping, this does nothing. */
    void stop();

    /** Reads config.txt again. Wrong new text is logged with all its errors, and the old settings stay. */
    void reload();
}
