package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "mail.example.com:8081, mail.example.com, 8081",
        "192.168.101.101:1, 192.168.101.101, 1",
        "abcdefghij234567.onion:65535, abcdefghij234567.onion, 65535",
        "host_name-1.:80, host_name-1., 80",
        "host: 8081, host, 8081",
        "[::1]:8081, ::1, 8081",
        "[2001:db8::7]:8081, 2001:db8::7, 8081",
        "[fe80::1%eth0]:8081, fe80::1%eth0, 8081",
        "2001:db8::7:8081, 2001:db8::7, 8081",
        "[::ffff:192.0.2.1]:8081, ::ffff:192.0.2.1, 8081",
    })
    void splitsAtTheLastColon(String text, String host, int port) {
        assertEquals(Optional.of(new HostPort(host, port)), HostPort.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "host",
                "host:",
                ":8081",
                "host:0",
                "host:-1",
                "host:65536",
                "host:port",
                "host:80 81",
                "two words:8081",
                "host:8081 # a comment",
                "a:8081,b:8081",
                "[]:8081",
                "[host]:8081",
                "[::1:8081",
                "::1]:8081",
                "[::1]8081",
                "[1:2]:8081",
                "http://host:8081",
                "höst:8081",
                "a\nb:8081",
                "[fe80::1%]x]:8081",
            })
    void refusesWhatIsNoHostWithAPort(String text) {
        assertTrue(HostPort.parse(text).isEmpty());
    }

    @Test
    void refusesAHostThatIsTooLong() {
        assertTrue(HostPort.parse("h".repeat(255) + ":1").isPresent());
        assertTrue(HostPort.parse("h".repeat(256) + ":1").isEmpty());
    }

    @Test
    void writesWhatItReads() {
        for (String text : new String[] {"mail.example.com:8081", "[2001:db8::7]:8081", "10.0.0.1:1"}) {
            assertEquals(text, HostPort.parse(text).orElseThrow().toString());
        }
    }

    @Test
    void checksWhatItIsMadeOf() {
        assertThrows(IllegalArgumentException.class, () -> new HostPort("host", 0));
        assertThrows(IllegalArgumentException.class, () -> new HostPort("host", 65536));
        assertThrows(IllegalArgumentException.class, () -> new HostPort("host\r\nQUIT", 1));
        assertThrows(IllegalArgumentException.class, () -> new HostPort("[::1]", 1));
    }
}
