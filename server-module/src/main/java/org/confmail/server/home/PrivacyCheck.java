package org.confmail.server.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether other users of the machine can read what is secret. Where there are no POSIX permissions nothing is said. */
final class PrivacyCheck {
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PrivacyCheck() {}

    static List<Finding> of(Home home, boolean configHasSecret) {
        List<Finding> findings = new ArrayList<>();
        check(home.tlsKey(), "the server's private key", findings);
        check(home.accounts(), "the administrator's key", findings);
        if (configHasSecret) {
            check(home.config(), "repl_authkey", findings);
        }
        if (Files.isDirectory(home.sendQueue())) {
            check(home.sendQueue(), "the auth keys of account changes that wait for the partner", "700", findings);
        }
        return findings;
    }

    private static void check(Path file, String secret, List<Finding> findings) {
        check(file, secret, "600", findings);
    }

    private static void check(Path file, String secret, String mode, List<Finding> findings) {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (IOException | UnsupportedOperationException e) {
            return; // missing files are the business of others, and Windows has no such permissions
        }
        if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
            findings.add(Finding.warning(
                    file,
                    "other users of this machine may read or change it, and it holds " + secret + ".",
                    "Run chmod " + mode + " on it."));
        }
    }
}
