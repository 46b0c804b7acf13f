package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTableTest {
    @Test
    void knowsEveryOptionOfTheOldServerAndOurOwn() {
        Set<String> expected = new HashSet<>(Arrays.asList("""
                        sport eport knode alt_localstore replpeer repl_authkey repl_cert tor_proxy i2p_proxy socks_proxy \
                        use_exit_node permit_dns_txt preferred_connection max_connections timeout expire_days \
                        run_queue_interval retry_schedule slowest_connection max_age_key max_age_data max_age_message \
                        max_age_ack max_age_claim enable_ipv6 proxy_requires_login bind_address dht admin_socket \
                        admin_socket_group prune_interval disk_reserve log_rotate_size log_rotate_days log_rotate_keep \
                        metrics_port""".split(" ", -1)));
        assertEquals(
                expected, OptionTable.all().stream().map(ConfigOption::name).collect(Collectors.toSet()));
        assertEquals(expected.size(), OptionTable.all().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "sport 8081",
                "eport 8081",
                "timeout 60",
                "max_connections 20",
                "expire_days 7",
                "run_queue_interval 120",
                "retry_schedule 0,120,300,1800,3600",
                "slowest_connection 768",
                "permit_dns_txt true",
                "use_exit_node false",
                "preferred_connection Direct",
                "enable_ipv6 false",
                "proxy_requires_login false",
                "dht true",
                "max_age_key 2678400",
                "max_age_data 864000",
                "max_age_message 864000",
                "max_age_ack 864000",
                "max_age_claim 864000",
                "prune_interval 0",
                "disk_reserve 0",
                "log_rotate_size 0",
                "log_rotate_days 0",
                "log_rotate_keep 10",
            })
    void hasTheDefaultsOfTheOldServer(String name, String value) {
        assertEquals(Optional.of(value), OptionTable.find(name).orElseThrow().defaultText());
    }

    @Test
    void hasNoOtherDefaults() {
        assertEquals(
                24,
                OptionTable.all().stream()
                        .filter(option -> option.defaultText().isPresent())
                        .count());
    }

    @Test
    void whatIsBoundOrOpenedAtStartActsAtRestart() {
        Set<String> atRestart = OptionTable.all().stream()
                .filter(option -> !option.actsAtOnce())
                .map(ConfigOption::name)
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "sport",
                        "eport",
                        "bind_address",
                        "enable_ipv6",
                        "dht",
                        "alt_localstore",
                        "admin_socket",
                        "admin_socket_group",
                        "metrics_port"),
                atRestart);
    }

    @Test
    void onlyKnodeMayBeRepeatedAndOnlyTheReplicationKeyIsSecret() {
        assertEquals(
                List.of(DhtOptions.KNODE),
                OptionTable.all().stream().filter(ConfigOption::repeatable).toList());
        assertEquals(
                List.of(DeliveryOptions.REPL_AUTHKEY),
                OptionTable.all().stream().filter(ConfigOption::secret).toList());
    }

    @Test
    void explainsEveryOption() {
        for (ConfigOption<?> option : OptionTable.all()) {
            assertTrue(option.help().endsWith(".") && option.help().length() > 40, option.name());
            assertFalse(option.help().contains("\n") || option.help().contains("  "), option.name());
            assertFalse(option.type().accepts().isBlank(), option.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Sport, sport",
        "sprot, sport",
        "permit-dns-txt, permit_dns_txt",
        "repl_auth_key, repl_authkey",
        "max_conections, max_connections",
        "TIMEOUT, timeout",
        "knodes, knode",
        "retry_scedule, retry_schedule",
    })
    void guessesWhatAMisspeltNameMeant(String misspelt, String meant) {
        assertEquals(Optional.of(meant), OptionTable.nearest(misspelt));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "hostname", "tls", "http", "max_age", "log"})
    void makesNoGuessFromAfar(String name) {
        assertEquals(Optional.empty(), OptionTable.nearest(name));
    }
}
