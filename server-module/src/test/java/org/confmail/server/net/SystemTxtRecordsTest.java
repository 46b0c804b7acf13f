package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SystemTxtRecordsTest {
    private DnsServer server;
    private SystemTxtRecords records;

    @BeforeEach
    void start() throws Exception {
        server = new DnsServer();
        records = new SystemTxtRecords(server.url(), Duration.ofSeconds(3));
    }

    @AfterEach
    void stop() {
        records.close();
        server.close();
    }

    @Test
    void firstStringOfEachRecordIsGivenAsItIs() {
        String odd = "a \"quoted\" \\ and \u00fc";
        server.records.put(
                "cmsvr.example.com.",
                List.of(new String[] {"server=mail.example.com:8081", "second"}, new String[] {odd}, new String[] {""
                }));
        TxtRecords.Found found = assertInstanceOf(TxtRecords.Found.class, records.of("cmsvr.example.com"));
        assertEquals(
                List.of("", odd, "server=mail.example.com:8081"),
                found.texts().stream().sorted().toList());
        assertEquals(List.of("cmsvr.example.com."), server.asked);
    }

    @Test
    void nameWithoutRecordsExists() {
        server.records.put("empty.example.com.", List.of());
        assertEquals(new TxtRecords.Found(List.of()), records.of("empty.example.com."));
    }

    @Test
    void unknownAndImpossibleNamesAreNotFound() {
        assertEquals(new TxtRecords.NoName(), records.of("nobody.example.com"));
        assertEquals(new TxtRecords.NoName(), records.of("a..b"));
        assertEquals(new TxtRecords.NoName(), records.of("ldap://localhost/x"));
        assertEquals(new TxtRecords.NoName(), records.of("x".repeat(64) + ".com"));
    }

    @Test
    void recordWithALineEndIsLeftOut() {
        server.records.put("evil.example.com.", List.of(new String[] {"x\r\nEndBlock"}, new String[] {"good"}));
        assertEquals(new TxtRecords.Found(List.of("good")), records.of("evil.example.com"));
    }

    @Test
    void silentServerCostsABoundedTime() {
        server.silent = true;
        long start = System.nanoTime();
        assertInstanceOf(TxtRecords.Failed.class, records.of("cmsvr.example.com"));
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(30).toNanos());
    }
}
