package org.confmail.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.net.LineReader;
import org.confmail.server.net.LineTooLongException;
import org.confmail.server.net.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics for programs of this machine that speak HTTP: {@code GET /metrics} on 127.0.0.1, one answer a connection. Only a
 * request line and headers are read, within a bound and a time.
 */
public final class MetricsPort implements AutoCloseable {
    /** Prometheus needs one at a time. */
    static final int CONNECTIONS_MAX = 8;

    /** For the request and the answer together; Prometheus gives up after as long. */
    private static final Duration TIME_MAX = Duration.ofSeconds(10);

    /** Browsers send some twenty. */
    private static final int HEADERS_MAX = 100;

    /** What a client may still send while its answer is on the way. */
    private static final int REST_BYTES_MAX = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger("metrics");

    private final Metrics metrics;
    private final DeadlineWatch deadlines;
    private final Semaphore room = new Semaphore(CONNECTIONS_MAX);
    private final Listener listener;

    private MetricsPort(int port, Metrics metrics, DeadlineWatch deadlines) throws IOException {
        this.metrics = metrics;
        this.deadlines = deadlines;
        this.listener = Listener.bind(Optional.of(InetAddress.ofLiteral("127.0.0.1")), port, false, this::accept);
    }

    /**
     * Opens the port.
     *
     * @param port TCP; 0 = any free one
     * @throws IOException with what to do, when that cannot be done
     */
    public static MetricsPort open(int port, Metrics metrics, DeadlineWatch deadlines) throws IOException {
        try {
            MetricsPort open = new MetricsPort(port, metrics, deadlines);
            open.listener.start();
            LOG.info("metrics at http://127.0.0.1:{}/metrics", open.port());
            return open;
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on port " + port + " (metrics_port): " + e.getMessage()
                            + ". Does another program use it?",
                    e);
        }
    }

    /** The port that was bound. */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept(Socket socket) {
        if (room.tryAcquire()) {
            Thread.ofVirtual().name("metrics").start(() -> serve(socket));
        } else {
            close(socket);
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DeadlineWatch.Deadline deadline = deadlines.watch(socket)) {
            deadline.in(TIME_MAX);
            Answer answer = answer(new LineReader(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            out.write(answer.bytes());
            socket.shutdownOutput();
            // A socket that is closed with something unread takes its answer back.
            drain(socket.getInputStream());
        } catch (IOException e) {
            LOG.debug("a request for metrics failed: {}", e.toString());
        } finally {
            room.release();
        }
    }

    private Answer answer(LineReader lines) throws IOException {
        try {
            String request = lines.line();
            if (request == null) {
                return Answer.refusing("400 Bad Request", "there is no request");
            }
            for (int headers = 0; ; headers++) {
                String header = lines.line();
                if (header == null || header.isEmpty()) {
                    return answer(request);
                }
                if (headers == HEADERS_MAX) {
                    return Answer.refusing("431 Request Header Fields Too Large", "too many headers");
                }
            }
        } catch (LineTooLongException e) {
            return Answer.refusing("431 Request Header Fields Too Large", "a line is too long");
        }
    }

    private Answer answer(String request) {
        String[] words = request.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            return Answer.refusing("400 Bad Request", "this port speaks HTTP/1.1");
        }
        if (!words[0].equals("GET")) {
            return new Answer("405 Method Not Allowed", "Allow: GET\r\n", "there is only GET /metrics\n");
        }
        if (!words[1].equals("/metrics") && !words[1].startsWith("/metrics?")) {
            return Answer.refusing("404 Not Found", "there is only GET /metrics");
        }
        return new Answer("200 OK", "", PrometheusText.of(metrics.samples()));
    }

    private static void drain(InputStream in) throws IOException {
        byte[] rest = new byte[1024];
        int read = 0;
        for (int count = 0; count >= 0 && read < REST_BYTES_MAX; count = in.read(rest)) {
            read += count;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a request for metrics: {}", e.toString());
        }
    }

    /** One answer. */
    private record Answer(String status, String headers, String text) {
        static Answer refusing(String status, String why) {
            return new Answer(status, "", why + "\n");
        }

        byte[] bytes() {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                            + "Content-Length: " + body.length + "\r\nConnection: close\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] all = new byte[head.length + body.length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            return all;
        }
    }
}
