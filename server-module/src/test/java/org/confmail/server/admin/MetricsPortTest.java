package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.session.Await;
import org.confmail.server.time.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsPortTest {
    private static final int ANSWER_MILLIS_MAX = 10_000;
    private static final int MOMENT_MILLIS = 50;

    private final ManualTime time = new ManualTime();
    private final Metrics metrics = new Metrics();
    private DeadlineWatch deadlines;
    private MetricsPort port;

    @BeforeEach
    void open() throws IOException {
        deadlines = new DeadlineWatch(time, time);
        port = MetricsPort.open(0, metrics, deadlines);
        metrics.counter("blocks_total", "Blocks.").add(7);
    }

    @AfterEach
    void close() throws IOException {
        port.close();
        deadlines.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port.port());
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        return socket;
    }

    private static boolean isClosed(Socket socket) throws IOException {
        socket.setSoTimeout(MOMENT_MILLIS);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private String answer(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String status(String request) throws IOException {
        return answer(request).lines().findFirst().orElse("none");
    }

    @Test
    void anHttpClientGetsTheMetrics() throws Exception {
        URL url = URI.create("http://127.0.0.1:" + port.port() + "/metrics").toURL();
        HttpURLConnection get = (HttpURLConnection) url.openConnection();
        assertEquals(200, get.getResponseCode());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", get.getContentType());
        assertEquals(
                "# HELP confmail_blocks_total Blocks.\n# TYPE confmail_blocks_total counter\nconfmail_blocks_total 7\n",
                new String(get.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        HttpURLConnection post = (HttpURLConnection) url.openConnection();
        post.setDoOutput(true);
        post.getOutputStream().write(new byte[10_000]);
        assertEquals(405, post.getResponseCode());
        assertEquals("GET", post.getHeaderField("Allow"));
    }

    @Test
    void everythingElseGetsAClearError() throws IOException {
        assertEquals("HTTP/1.1 200 OK", status("GET /metrics?x=y HTTP/1.0\r\n\r\n"));
        assertEquals("HTTP/1.1 404 Not Found", status("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertEquals("HTTP/1.1 404 Not Found", status("GET /metricsx HTTP/1.1\r\n\r\n"));
        assertEquals("HTTP/1.1 405 Method Not Allowed", status("HEAD /metrics HTTP/1.1\r\n\r\n"));
        assertEquals("HTTP/1.1 400 Bad Request", status("GET /metrics\r\n\r\n"));
        assertEquals("HTTP/1.1 400 Bad Request", status("GET /metrics HTTP/2\r\n\r\n"));
        assertEquals("HTTP/1.1 400 Bad Request", status("VERSION\r\n\r\n"));
        assertEquals(
                "HTTP/1.1 431 Request Header Fields Too Large",
                status("GET /metrics HTTP/1.1\r\nA: " + "x".repeat(20_000) + "\r\n\r\n"));
        assertEquals(
                "HTTP/1.1 431 Request Header Fields Too Large",
                status("GET /metrics HTTP/1.1\r\n" + "A: b\r\n".repeat(1000) + "\r\n"));
    }

    @Test
    void silentClientsHoldFewPlacesAndNotForLong() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < MetricsPort.CONNECTIONS_MAX; i++) {
            silent.add(connect());
        }
        // Connections are accepted in their order.
        try (Socket another = connect()) {
            assertEquals(-1, another.getInputStream().read(), "no room");
        }
        for (Socket socket : silent) {
            try (socket) {
                // The thread of one that was just accepted may set its deadline later.
                Await.until("the end of a silent one", () -> {
                    time.advance(Duration.ofSeconds(11));
                    return isClosed(socket);
                });
            }
        }
        Await.until("room again", () -> status("GET /metrics HTTP/1.1\r\n\r\n").equals("HTTP/1.1 200 OK"));
    }

    @Test
    void portInUseIsToldWithTheOption() {
        IOException refusal = assertThrows(IOException.class, () -> MetricsPort.open(port.port(), metrics, deadlines));
        assertTrue(refusal.toString().contains("(metrics_port)"), refusal::toString);
    }
}
