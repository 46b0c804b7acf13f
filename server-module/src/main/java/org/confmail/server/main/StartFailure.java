package org.confmail.server.main;

import java.util.List;

/** Why a server cannot run, in lines for the operator: what failed, on what, why, and what to do. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** Not serialised: a failure never leaves the process. */
    private final transient List<String> lines;

    StartFailure(List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
    }

    StartFailure(String line, Throwable cause) {
        super(line, cause);
        this.lines = List.of(line);
    }

    /** All that is wrong, a line each. */
    List<String> lines() {
        return lines;
    }
}
