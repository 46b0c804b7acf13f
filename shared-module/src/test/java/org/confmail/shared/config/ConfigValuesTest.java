package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.config.ConfigProblem.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValuesTest {
    private static ConfigValues values(String text) {
        return ConfigValues.of(ConfigDocument.parse(text));
    }

    private static List<String> described(String text) {
        return values(text).problems().stream()
                .map(problem -> problem.describe(Path.of("config.txt")))
                .toList();
    }

    @Test
    void anEmptyFileIsGoodAndGivesTheDefaults() {
        ConfigValues values = values("");
        assertEquals(List.of(), values.problems());
        assertEquals(8081, values.value(ListeningOptions.SPORT));
        assertEquals(Duration.ofDays(7), values.value(DeliveryOptions.EXPIRE_DAYS));
        assertEquals(Optional.empty(), values.find(DeliveryOptions.REPLPEER));
        assertThrows(IllegalArgumentException.class, () -> values.value(DeliveryOptions.REPLPEER));
    }

    @Test
    void aMinimalReplicatedServerIsReadWithoutAWord() {
        ConfigValues values = values("""
                sport: 8082
                eport: 8083
                knode: 192.168.101.101:8081
                knode: 192.168.102.101:8081
                replpeer: node2.example.com:8084
                repl_authkey: redundancy4926
                """);
        assertEquals(List.of(), values.problems());
        assertEquals(8082, values.value(ListeningOptions.SPORT));
        assertEquals(
                List.of(new HostPort("192.168.101.101", 8081), new HostPort("192.168.102.101", 8081)),
                values.all(DhtOptions.KNODE));
        assertEquals(Optional.of(new HostPort("node2.example.com", 8084)), values.find(DeliveryOptions.REPLPEER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sport: http",
                "sport:",
                "sport: 0",
                "eport: 65536",
                "knode: 192.0.2.1",
                "replpeer: node2.example.com:http",
                "tor_proxy: localhost",
                "max_connections: 0",
                "max_connections: many",
                "timeout: -60",
                "timeout: 60 # a minute",
                "expire_days: a week",
                "run_queue_interval: 0",
                "retry_schedule: 0,120,",
                "slowest_connection: 0",
                "max_age_data: ten days",
                "max_age_key: -1",
                "bind_address: localhost",
                "dht: no",
                "admin_socket:",
                "alt_localstore:",
            })
    void whatStoppedTheOldServerOrGuardsAHiddenOneIsAnError(String line) {
        ConfigValues values = values("# first\n" + line + "\n");
        assertTrue(values.hasErrors());
        ConfigProblem problem = values.problems().getFirst();
        assertEquals(2, problem.line());
        assertEquals(Severity.ERROR, problem.severity());
        assertEquals(Optional.of(line.substring(0, line.indexOf(':'))), problem.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permit_dns_txt: no",
                "use_exit_node: yes",
                "enable_ipv6: 1",
                "proxy_requires_login:",
                "preferred_connection: carrier pigeon",
                "repl_authkey: short",
                "repl_cert: BD:5A",
                "nosuchoption: 1",
                "Sport: 9",
                "sport = 9",
                "SPORT",
                "timeout: 60\ntimeout: 60",
            })
    void whatTheOldServerIgnoredIsAWarning(String text) {
        ConfigValues values = values(text);
        assertFalse(values.hasErrors());
        assertEquals(1, values.problems().size());
        assertEquals(Severity.WARNING, values.problems().getFirst().severity());
    }

    @Test
    void aWrongBooleanKeepsItsDefault() {
        ConfigValues values = values("permit_dns_txt: no\nuse_exit_node: yes\n");
        assertTrue(values.value(ListeningOptions.PERMIT_DNS_TXT));
        assertFalse(values.value(DeliveryOptions.USE_EXIT_NODE));
        ConfigValues right = values("permit_dns_txt: FALSE\nuse_exit_node: True\ntor_proxy: localhost:9050\n");
        assertFalse(right.value(ListeningOptions.PERMIT_DNS_TXT));
        assertTrue(right.value(DeliveryOptions.USE_EXIT_NODE));
    }

    @Test
    void aWrongCertificateDigestLetsNoCertificateThrough() {
        assertEquals(
                Optional.of(CertificatePins.NONE), values("repl_cert: BD:5A").find(DeliveryOptions.REPL_CERT));
        assertEquals(Optional.empty(), values("").find(DeliveryOptions.REPL_CERT));
    }

    @Test
    void theLastLineOfASingleOptionCounts() {
        ConfigValues values = values("timeout: 1\ntimeout: wrong, but overruled\ntimeout: 3\n");
        assertEquals(Duration.ofSeconds(3), values.value(ListeningOptions.TIMEOUT));
        assertEquals(
                List.of(1, 2),
                values.problems().stream().map(ConfigProblem::line).toList());
        assertFalse(values.hasErrors());
        assertTrue(values("timeout: 1\ntimeout: wrong\n").hasErrors());
    }

    @Test
    void allProblemsAreReportedAtOnceInTheOrderOfLines() {
        assertEquals(
                List.of(
                        "config.txt line 1: error: option sport has the value \"http\". Accepted: a port number from 1 to"
                                + " 65535. The server does not take this file.",
                        "config.txt line 2: warning: unknown option tiemout. The line is ignored. Did you mean timeout?",
                        "config.txt line 3: warning: unknown option nosuch. The line is ignored.",
                        "config.txt line 4: warning: option permit_dns_txt has the value \"no\". Accepted: true or false. The"
                                + " default stays in effect: true.",
                        "config.txt line 5: warning: neither an option (name: value, the name in column 1 and the colon"
                                + " straight behind it) nor a comment (# or ; in column 1). The line is ignored.",
                        "config.txt line 6: warning: option eport is set again in line 7, which counts. This line is"
                                + " ignored; remove it.",
                        "config.txt line 7: error: option eport has the value \"99999\". Accepted: a port number from 1 to"
                                + " 65535. The server does not take this file."),
                described("""
                        sport: http
                        tiemout: 3
                        nosuch: 4
                        permit_dns_txt: no
                        stray
                        eport: 1
                        eport: 99999
                        """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repl_authkey: hush hush hush",
                "repl_authkey: hush-hush-hush\nrepl_authkey: redundancy4926",
                "repl_auth_key: hushhushhush",
                "repl_authkey hushhushhush",
                " repl_authkey: hushhushhush",
            })
    void noProblemShowsASecret(String text) {
        ConfigValues values = values(text);
        assertEquals(1, values.problems().size());
        assertFalse(described(text).toString().contains("hush"));
        assertFalse(values.problems().toString().contains("hush"));
    }

    @Test
    void aValueIsShownOnOneShortLine() {
        String shown = described("sport: a\u001b[31m\rb" + "x".repeat(10_000)).getFirst();
        assertTrue(shown.contains("a\\u001b[31m\\u000dbxxx"), shown);
        assertTrue(shown.length() < 300);
    }

    @Test
    void optionsThatDoNotGoTogetherAreWarnedOf() {
        List<String> problems = described("replpeer: a:1\nuse_exit_node: true\n");
        assertEquals(2, problems.size());
        assertTrue(problems.get(0).startsWith("config.txt line 1: warning: there is a replication partner but no"));
        assertTrue(problems.get(1).startsWith("config.txt line 2: warning: direct traffic must leave through TOR"));
    }

    @Test
    void anotherSpellingIsNoChange() {
        ConfigValues before = values("timeout: 60\nuse_exit_node: FALSE\nknode: a:1\nknode: b:2\n");
        assertEquals(List.of(), values("knode: a:01\nsport: 08081\nknode: b:2").changedSince(before));
        assertEquals(
                List.of(ListeningOptions.TIMEOUT, DhtOptions.KNODE),
                values("timeout: 61\nknode: b:2\nknode: a:1").changedSince(before));
    }
}
