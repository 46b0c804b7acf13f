package org.confmail.server.net;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings of the JDK's TLS that hold for the whole process. The JDK reads them once, when its TLS classes are first used:
 * install them at start-up, before anything makes an SSLContext or connects by TLS.
 */
public final class TlsDefaults {
    private static final String DHE_GROUP = "jdk.tls.server.defaultDHEParameters";

    /** Must be the size of the group, or the JDK does not look at the group. */
    private static final String DHE_BITS = "jdk.tls.ephemeralDHKeySize";

    private static final String REJECT_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    private TlsDefaults() {}

    /**
     * Installs the defaults, with the group of {@code dhParametersFile}. Where there is no such file the JDK's own group
     * serves, and so it does, with a warning, where the file is unfit: that group is good, and a server that stays down over
     * a file which most clients never need helps nobody.
     *
     * @return the warning
     */
    public static Optional<String> install(Path dhParametersFile) {
        // Each renegotiation costs the server a handshake and the client next to nothing; no client needs one.
        System.setProperty(REJECT_RENEGOTIATION, "true");
        if (Files.notExists(dhParametersFile)) {
            return Optional.empty();
        }
        try {
            install(DhParameters.read(dhParametersFile));
            return Optional.empty();
        } catch (TlsException e) {
            return Optional.of(e.getMessage() + " Until then the built-in group is used.");
        }
    }

    private static void install(DhParameters group) {
        Security.setProperty(DHE_GROUP, String.format(Locale.ROOT, "{%s,%s}", hex(group.p()), hex(group.g())));
        System.setProperty(DHE_BITS, Integer.toString(group.bits()));
    }

    private static String hex(BigInteger number) {
        return number.toString(16).toUpperCase(Locale.ROOT);
    }
}
