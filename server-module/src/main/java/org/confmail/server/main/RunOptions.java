package org.confmail.server.main;

import java.nio.file.Path;
import java.util.Optional;
import org.confmail.server.log.ServerLog;

/**
 * How a server is to run, as the command line has it. Paths are as typed: relative ones start at the working directory, which
 * never changes.
 */
record RunOptions(
        Path home,
        boolean quiet,
        boolean debug,
        boolean logTraffic,
        boolean daemon,
        Optional<Path> logFile,
        Optional<Path> pidFile) {
    /** The customary port of a Confidant Mail server, TCP and UDP. */
    static final int PORT_DEFAULT = 8081;

    static final int PORT_MAX = 65535;

    ServerLog.Detail detail() {
        return new ServerLog.Detail(quiet, debug, logTraffic);
    }
}
