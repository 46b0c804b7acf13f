package org.confmail.server.main;

import org.confmail.server.log.ServerLog;

/** Starts a server. */
@FunctionalInterface
interface ServerStarter {

    /**
     * Starts a server; it is ready when this returns.
     *
     * @param log of the process, set up
     * @throws StartFailure if it cannot run; nothing of it is left then
     */
    RunningServer start(RunOptions options, ServerLog log) throws StartFailure;
}
