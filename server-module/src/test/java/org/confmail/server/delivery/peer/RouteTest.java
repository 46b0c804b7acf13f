package org.confmail.server.delivery.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.confmail.server.config.Settings;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.PreferredConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
    private static final HostPort TOR = new HostPort("127.0.0.1", 9050);
    private static final HostPort I2P = new HostPort("127.0.0.1", 4447);
    private static final HostPort SOCKS = new HostPort("127.0.0.1", 1080);

    /** t, i, s: that proxy is set; x: use_exit_node. */
    @ParameterizedTest
    @CsvSource({
        "abc.onion,        tisx, TOR",
        "abc.onion,        t,    TOR",
        "abc.onion,        is,   none",
        "ABC.Onion.,       s,    none",
        "abc.ONION.,       t,    TOR",
        "abc.i2p,          tis,  I2P",
        "abc.b32.i2p,      tsx,  none",
        "mail.example.com, '',   direct",
        "mail.example.com, ti,   direct",
        "mail.example.com, tis,  PLAIN",
        "mail.example.com, tisx, TOR",
        "mail.example.com, isx,  none",
        "onion,            '',   direct",
        "abc.onion.com,    t,    direct",
        "192.0.2.1,        s,    PLAIN",
        "192.0.2.1,        x,    none",
        "2001:db8::1,      tx,   TOR",
    })
    void wayFollowsFromAddressAndSettings(String host, String set, String expected) {
        for (PreferredConnection preferred : PreferredConnection.values()) {
            Settings.Routes settings = new Settings.Routes(
                    Optional.of(TOR).filter(_ -> set.contains("t")),
                    Optional.of(I2P).filter(_ -> set.contains("i")),
                    Optional.of(SOCKS).filter(_ -> set.contains("s")),
                    set.contains("x"),
                    preferred);
            String way = switch (Route.to(new HostPort(host, 8081), settings)) {
                case Route.Direct _ -> "direct";
                case Route.Socks socks -> socks.network().toString();
                case Route.None _ -> "none";
            };
            assertEquals(expected, way);
        }
    }
}
