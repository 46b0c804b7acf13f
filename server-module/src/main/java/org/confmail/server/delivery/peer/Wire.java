package org.confmail.server.delivery.peer;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.log.LineKind;
import org.confmail.server.log.LogText;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.net.DeadlineWatch.Deadline;
import org.confmail.server.net.LineReader;
import org.confmail.server.net.LineTooLongException;
import org.confmail.server.net.PeerOutput;
import org.confmail.server.net.TlsClient;
import org.confmail.shared.config.HostPort;

/**
 * Lines to and from another server, plain at first, inside TLS after {@link #encrypt}, and the words for what goes wrong with
 * them. Belongs to the session's thread.
 */
final class Wire {
    /** What stands for a key. */
    private static final String HIDDEN = "****";

    private final HostPort server;
    private final Deadline deadline;
    private final TrafficLog traffic;
    private final Socket plain;
    private final LineReader in;
    private final PeerOutput out;
    private Socket current;
    /** The keys that were sent: the session's own, and that of the last command. A peer may send them back. */
    private String loginKey = "";

    private String lastKey = "";

    Wire(HostPort server, Socket plain, Deadline deadline, TrafficLog traffic) throws IOException {
        this.server = server;
        this.deadline = deadline;
        this.traffic = traffic;
        this.plain = plain;
        this.current = plain;
        this.in = new LineReader(plain.getInputStream());
        this.out = new PeerOutput(plain.getOutputStream());
    }

    PeerOutput out() {
        return out;
    }

    Deadline deadline() {
        return deadline;
    }

    /**
     * Writes a command; it leaves with {@link #flush}.
     *
     * @throws UnaskedLine when the peer has said more than it was asked for: the next answer would not be that of this command
     */
    void command(String command) throws IOException {
        if (in.hasBuffered()) {
            throw new UnaskedLine();
        }
        if (command.indexOf('\n') >= 0 || command.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a command is one line");
        }
        remember(command);
        traffic.outgoingSent(LineKind.COMMAND, command);
        out.line(command);
    }

    /** Writes a line of a block. */
    void blockLine(String line) throws IOException {
        traffic.outgoingSent(LineKind.BLOCK_LINE, line);
        out.line(line);
    }

    /** Logs the lines of a block, which end in LF, where the traffic is logged. */
    void trace(byte[] lines) {
        if (traffic.enabled()) {
            new String(lines, StandardCharsets.ISO_8859_1)
                    .lines()
                    .forEach(line -> traffic.outgoingSent(LineKind.BLOCK_LINE, line));
        }
    }

    void event(String text) {
        traffic.outgoingEvent(text);
    }

    void flush() throws IOException {
        out.flush();
    }

    /** The next line of the peer, without our keys. */
    String answer() throws IOException {
        String line = in.line();
        if (line == null) {
            throw new EOFException("the peer closed the connection");
        }
        String shown = withoutKey(withoutKey(line, loginKey), lastKey);
        traffic.outgoingReceived(LineKind.ANSWER, shown);
        return shown;
    }

    /** Sends a command within {@code patience}, and returns the line that answers it. */
    String ask(String command, Duration patience) throws IOException {
        deadline.in(patience);
        command(command);
        flush();
        String answer = answer();
        in.idle();
        out.idle();
        return answer;
    }

    /**
     * Goes on inside TLS; returns the certificate that the peer showed.
     *
     * @throws SSLException when the handshake fails, or the peer spoke before it
     */
    X509Certificate encrypt() throws IOException {
        if (in.hasBuffered()) {
            // Somebody on the way could have put it there, to be taken for the peer's own inside TLS.
            throw new SSLException("plain text behind PROCEED");
        }
        SSLSocket socket = TlsClient.upgrade(plain, server);
        current = socket;
        socket.startHandshake();
        in.continueWith(socket.getInputStream());
        out.continueWith(socket.getOutputStream());
        event("encrypted with " + socket.getSession().getProtocol() + " "
                + socket.getSession().getCipherSuite());
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /** Closes the connection, TLS first; may block as long as the deadline lets it. */
    void close() throws IOException {
        current.close();
    }

    /** What {@code e} means for the session; {@code doing} says what was under way: {@code the greeting}. */
    PeerFailure failure(IOException e, String doing, Duration patience) {
        if (deadline.expired()) {
            return new PeerFailure(
                    Kind.TIME_OUT,
                    server + ": " + doing + " took longer than " + patience.toSeconds()
                            + " s. Is the server, or the line to it, overloaded?",
                    e);
        }
        return switch (e) {
            case LineTooLongException tooLong ->
                new PeerFailure(
                        Kind.PROTOCOL,
                        server + ": " + doing + ": it sent a " + tooLong.getMessage()
                                + ". Is that a Confidant Mail server?",
                        e);
            case UnaskedLine unasked ->
                new PeerFailure(
                        Kind.PROTOCOL,
                        server + ": it sent a line that nobody had asked for before " + doing
                                + ". Is that a Confidant Mail server?",
                        e);
            case EOFException eof ->
                new PeerFailure(
                        Kind.CLOSED,
                        server + ": it closed the connection during " + doing + ". Its own log may say why.",
                        e);
            case SSLException tls ->
                new PeerFailure(
                        Kind.TLS,
                        server + ": TLS failed during " + doing + ": " + LogText.quote(String.valueOf(e.getMessage()))
                                + ". Its own log may say more.",
                        e);
            default ->
                new PeerFailure(
                        Kind.CLOSED,
                        server + ": the connection was lost during " + doing + ": " + e.getMessage()
                                + ". If that repeats, its own log may say why.",
                        e);
        };
    }

    private void remember(String command) {
        String verb = command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        String key = command.substring(command.lastIndexOf(' ') + 1);
        switch (verb) {
            case "LOGIN" -> loginKey = key;
            case "REPLOGIN" -> lastKey = key;
            default -> lastKey = "";
        }
    }

    private static String withoutKey(String line, String key) {
        if (key.isEmpty() || line.length() < key.length()) {
            return line;
        }
        return Pattern.compile(key, Pattern.LITERAL | Pattern.CASE_INSENSITIVE)
                .matcher(line)
                .replaceAll(Matcher.quoteReplacement(HIDDEN));
    }

    /** The peer is out of step. */
    private static final class UnaskedLine extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
