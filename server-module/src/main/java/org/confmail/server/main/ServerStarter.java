package org.confmail.server.main;

/** Starts a server. The log is set up when it is called. */
@FunctionalInterface
interface ServerStarter {

    /**
     * Starts a server; it is ready when this returns.
     *
     * @throws StartFailure if it cannot run; nothing of it is left then
     */
    RunningServer start(RunOptions options) throws StartFailure;
}
