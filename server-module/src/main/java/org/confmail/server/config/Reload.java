package org.confmail.server.config;

import java.util.List;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.ConfigProblem;

/** What came of reading config.txt again. */
public sealed interface Reload {
    /** All that was found, errors and warnings, in the order of lines. */
    List<ConfigProblem> problems();

    /** The file can't be read or has errors; the settings stay as they were. */
    record Refused(List<ConfigProblem> problems) implements Reload {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The new settings are in effect.
     *
     * @param atOnce options that changed since the last reading and act from now on
     * @param atRestart options that differ from those with which the server started, and act at the next start only; each
     *     reload lists them again
     * @param problems warnings only
     */
    record Applied(List<ConfigOption<?>> atOnce, List<ConfigOption<?>> atRestart, List<ConfigProblem> problems)
            implements Reload {
        public Applied {
            atOnce = List.copyOf(atOnce);
            atRestart = List.copyOf(atRestart);
            problems = List.copyOf(problems);
        }
    }
}
