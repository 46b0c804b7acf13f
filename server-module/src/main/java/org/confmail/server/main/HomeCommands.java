package org.confmail.server.main;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.home.Finding;
import org.confmail.server.home.Finding.Severity;
import org.confmail.server.home.HomeCheck;
import org.confmail.server.home.HomeException;
import org.confmail.server.home.HomeMaker;
import org.confmail.server.home.NewHome;
import org.confmail.server.net.NewTlsIdentity;
import org.confmail.shared.config.NewConfig;

/** {@code -init} and {@code -check}: the calls of the home package, and what the operator sees of them. */
final class HomeCommands {
    private final PrintStream out;
    private final PrintStream err;

    HomeCommands(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Makes a home; returns the exit status. */
    int init(CommandLine.Init init) {
        try {
            HomeMaker maker = new HomeMaker(new FileDisk(), new SecureRandom(), InstantSource.system());
            NewHome made = maker.make(
                    init.home(), NewConfig.document(init.sport(), init.eport()), NewTlsIdentity.DEFAULT_NAME);
            out.print(welcome(made, init.sport()));
            return Main.DONE;
        } catch (HomeException e) {
            err.println(ServerProcess.PREFIX + e.getMessage());
            return Main.FAILED;
        }
    }

    /** Checks a home; returns the exit status: failed where there is an error, whatever else was found. */
    int check(CommandLine.Check check) {
        List<Finding> findings = new HomeCheck(InstantSource.system()).check(check.home());
        findings.forEach(finding -> out.println(finding.describe()));
        long errors = count(findings, Severity.ERROR);
        out.println(check.home() + ": " + errors + " errors, " + count(findings, Severity.WARNING) + " warnings");
        return errors == 0 ? Main.DONE : Main.FAILED;
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String welcome(NewHome made, int port) {
        return """
                Made the home %s.

                  administrator key      %s
                  replication key        %s
                  certificate digest     %s

                The keys are shown this once; they stand in auth.txt. Log in as administrator to make accounts
                (GENLOGIN). The partner of a pair writes the replication key into its config.txt as repl_authkey.
                The server listens on port %d: see config.txt for this and all other options.
                """.formatted(
                made.home().root(), made.administratorKey(), made.replicationKey(), made.certificateDigest(), port);
    }
}
