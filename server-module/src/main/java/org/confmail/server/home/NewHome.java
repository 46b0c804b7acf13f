package org.confmail.server.home;

/**
 * A home that was just made. The keys are also in its auth.txt; show them to the operator once, and log them never.
 *
 * @param certificateDigest what the replication partner writes into its repl_cert
 */
public record NewHome(Home home, String administratorKey, String replicationKey, String certificateDigest) {
    /** Without the keys. */
    @Override
    public String toString() {
        return "NewHome[" + home.root() + ", " + certificateDigest + "]";
    }
}
