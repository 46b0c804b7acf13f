package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.confmail.server.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the example alerts and the manual say of metrics, and the metrics of a server. */
class AlertsTest {
    private static final Path ALERTS = Path.of("../jlink/src/image/share/prometheus/confmail-alerts.yml");
    private static final Path MANUAL = Path.of("docs/monitoring.md");
    private static final Pattern METRIC = Pattern.compile("\\bconfmail_[a-z_]+");

    /** Alerts that an operator would miss most. */
    private static final Set<String> WATCHED = Set.of(
            "confmail_certificate_expiry_timestamp_seconds",
            "confmail_disk_free_bytes",
            "confmail_log_lines_lost_total",
            "confmail_send_queue_entries",
            "confmail_send_queue_oldest_age_seconds",
            "confmail_send_targets_failing",
            "confmail_store_failures_total",
            "confmail_store_refusing");

    @TempDir
    Path home;

    private static Set<String> names(Path file) throws Exception {
        return METRIC.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMetricOfTheAlertsAndTheManualIsServed() throws Exception {
        int port = FreePort.next();
        Set<String> served;
        try (WholeServer _ = WholeServer.startNew(home, "metrics_port: " + port);
                InputStream text = URI.create("http://127.0.0.1:" + port + "/metrics")
                        .toURL()
                        .openStream()) {
            served = new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[ {]", 2)[0])
                    .collect(Collectors.toSet());
        }
        Set<String> alerts = names(ALERTS);
        assertTrue(alerts.containsAll(WATCHED), () -> "watched: " + alerts);
        Set<String> unknown = names(ALERTS);
        unknown.addAll(names(MANUAL));
        unknown.removeAll(served);
        assertEquals(Set.of(), unknown);
    }
}
