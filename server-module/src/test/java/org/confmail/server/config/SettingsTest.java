package org.confmail.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confmail.server.log.Rotation;
import org.confmail.shared.config.CertificatePins;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigValues;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.PreferredConnection;
import org.confmail.shared.config.RetrySchedule;
import org.confmail.shared.config.Secret;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Settings settings(String text) {
        return Settings.of(ConfigValues.of(ConfigDocument.parse(text)));
    }

    @Test
    void anEmptyFileMakesTheSettingsOfTheOldServer() {
        assertEquals(
                new Settings(
                        new Settings.Listening(8081, Optional.empty(), false),
                        new Settings.Sessions(20, seconds(60), 768, true, false),
                        new Settings.Store(
                                Optional.empty(),
                                new Settings.Ages(
                                        seconds(2678400),
                                        seconds(864000),
                                        seconds(864000),
                                        seconds(864000),
                                        seconds(864000))),
                        new Settings.Upkeep(Duration.ZERO, 0),
                        new Settings.Delivery(
                                Optional.empty(),
                                Duration.ofDays(7),
                                seconds(120),
                                new RetrySchedule(List.of(
                                        Duration.ZERO, seconds(120), seconds(300), seconds(1800), seconds(3600)))),
                        new Settings.Routes(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                PreferredConnection.DIRECT),
                        new Settings.Dht(true, 8081, List.of()),
                        new Settings.Admin(Optional.empty(), Optional.empty()),
                        new Settings.Log(new Rotation(0, 0, 10)),
                        new Settings.Metrics(Optional.empty())),
                settings(""));
    }

    @Test
    void everyOptionReachesItsPlace() {
        Settings settings = settings("""
                sport: 1
                eport: 2
                knode: k:3
                alt_localstore: /srv/store
                replpeer: r:4
                repl_authkey: redundancy4926
                repl_cert: BD:5A:61:7B:D5:49:A1:CC:36:9E:38:CB:CE:E5:5A:AD:8F:FF:D5:8E
                tor_proxy: t:5
                i2p_proxy: i:6
                socks_proxy: s:7
                use_exit_node: true
                permit_dns_txt: false
                preferred_connection: I2P
                max_connections: 8
                timeout: 9
                expire_days: 10
                run_queue_interval: 11
                retry_schedule: 12,13
                slowest_connection: 14
                max_age_key: 15
                max_age_data: 16
                max_age_message: 17
                max_age_ack: 18
                max_age_claim: 19
                prune_interval: 20
                disk_reserve: 21
                enable_ipv6: true
                proxy_requires_login: true
                bind_address: 127.0.0.1
                dht: false
                admin_socket: admin.sock
                admin_socket_group: operators
                log_rotate_size: 22
                log_rotate_days: 23
                log_rotate_keep: 24
                metrics_port: 25
                """);
        assertEquals(
                new Settings(
                        new Settings.Listening(1, Optional.of(InetAddress.ofLiteral("127.0.0.1")), true),
                        new Settings.Sessions(8, seconds(9), 14, false, true),
                        new Settings.Store(
                                Optional.of(Path.of("/srv/store").toAbsolutePath()),
                                new Settings.Ages(seconds(15), seconds(16), seconds(17), seconds(18), seconds(19))),
                        new Settings.Upkeep(Duration.ofHours(20), 21 << 20),
                        new Settings.Delivery(
                                Optional.of(new Settings.Replication(
                                        new HostPort("r", 4),
                                        Optional.of(new Secret("redundancy4926")),
                                        Optional.of(new CertificatePins(Set.of(
                                                "BD:5A:61:7B:D5:49:A1:CC:36:9E:38:CB:CE:E5:5A:AD:8F:FF:D5:8E"))))),
                                Duration.ofDays(10),
                                seconds(11),
                                new RetrySchedule(List.of(seconds(12), seconds(13)))),
                        new Settings.Routes(
                                Optional.of(new HostPort("t", 5)),
                                Optional.of(new HostPort("i", 6)),
                                Optional.of(new HostPort("s", 7)),
                                true,
                                PreferredConnection.I2P),
                        new Settings.Dht(false, 2, List.of(new HostPort("k", 3))),
                        new Settings.Admin(Optional.of(Path.of("admin.sock")), Optional.of("operators")),
                        new Settings.Log(new Rotation(22 << 20, 23, 24)),
                        new Settings.Metrics(Optional.of(25))),
                settings);
        assertFalse(settings.toString().contains("redundancy"));
    }

    @Test
    void aRelativeStoreStartsAtTheWorkingDirectory() {
        assertEquals(
                Optional.of(Path.of("").toAbsolutePath().resolve("common")),
                settings("alt_localstore: common").store().altLocalstore());
    }

    @Test
    void aTransferMayTakeTheTimeoutAndWhatTheSlowestConnectionNeeds() {
        Settings.Sessions sessions =
                settings("timeout: 60\nslowest_connection: 768").sessions();
        assertEquals(seconds(60), sessions.transferLimit(0));
        assertEquals(seconds(60 + 10922), sessions.transferLimit(8 << 20));
    }

    @Test
    void aReplicationKeyWithoutAPartnerReplicatesNothing() {
        assertTrue(settings("repl_authkey: redundancy4926")
                .delivery()
                .replication()
                .isEmpty());
    }

    @Test
    void errorsMakeNoSettings() {
        assertThrows(IllegalArgumentException.class, () -> settings("sport: http"));
    }
}
