package org.confmail.server.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.confmail.server.log.LineKind;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.net.LineReader;
import org.confmail.server.net.PeerOutput;
import org.confmail.server.net.TlsServer;

/**
 * A client's socket with its lines in and out, plain at first, inside TLS after {@link #encrypt}. Everything in this class
 * runs in the connection's thread, but for {@link #cut} and what says otherwise.
 */
final class Connection implements AutoCloseable {
    private final long number;
    private final Socket plain;
    private final String peerHost;
    private final int peerPort;
    private final TrafficLog traffic;
    private final AuthKeyMask mask;
    private final DeadlineWatch.Deadline deadline;
    private final LineReader in;
    private final PeerOutput out;
    private final SessionState state;
    private Socket current;
    private volatile Optional<SSLSession> tls = Optional.empty(); // read by those who list connections

    Connection(long number, Socket plain, DeadlineWatch watch, TrafficLog traffic, AuthKeyMask mask, SessionState state)
            throws IOException {
        this.number = number;
        this.plain = plain;
        this.current = plain;
        this.traffic = traffic;
        this.mask = mask;
        this.state = state;
        SocketAddress peer = plain.getRemoteSocketAddress();
        this.peerHost =
                peer instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "?";
        this.peerPort = peer instanceof InetSocketAddress inet ? inet.getPort() : 0;
        this.in = new LineReader(new CountedInput(plain.getInputStream(), state));
        this.out = new PeerOutput(new CountedOutput(plain.getOutputStream(), state));
        this.deadline = watch.watch(plain);
    }

    /** Counts from 1 since the server started. */
    long number() {
        return number;
    }

    /** The peer's address in digits; no name is looked up. */
    String peerHost() {
        return peerHost;
    }

    int peerPort() {
        return peerPort;
    }

    LineReader in() {
        return in;
    }

    PeerOutput out() {
        return out;
    }

    DeadlineWatch.Deadline deadline() {
        return deadline;
    }

    boolean encrypted() {
        return tls.isPresent();
    }

    /** What TLS agreed on; empty in plain text. For any thread. */
    Optional<SSLSession> tls() {
        return tls;
    }

    /** What others may know of the session. */
    SessionState state() {
        return state;
    }

    /** Sends one line as the whole answer. */
    void answer(String line) throws IOException {
        traceSent(LineKind.ANSWER, line);
        out.line(line);
        out.flush();
    }

    /** Sends back text of the peer's own as the whole answer; for the log it is as dangerous as a command. */
    void echo(String line) throws IOException {
        traceSent(LineKind.COMMAND, line);
        out.line(line);
        out.flush();
    }

    /** Takes over with TLS; the handshake is done when this returns. */
    void encrypt(TlsServer server) throws IOException {
        SSLSocket inside = server.upgrade(plain);
        inside.startHandshake();
        in.continueWith(new CountedInput(inside.getInputStream(), state));
        out.continueWith(new CountedOutput(inside.getOutputStream(), state));
        current = inside;
        tls = Optional.of(inside.getSession());
        state.encrypted();
    }

    void traceReceived(LineKind kind, String line) {
        if (traffic.enabled()) {
            traffic.received(number, kind, mask.hide(line));
        }
    }

    void traceSent(LineKind kind, String line) {
        if (traffic.enabled()) {
            traffic.sent(number, kind, mask.hide(line));
        }
    }

    boolean traced() {
        return traffic.enabled();
    }

    /** Ends the connection from another thread: what the connection's thread waits for fails at once. */
    void cut() throws IOException {
        plain.close();
    }

    /** Closes; inside TLS with a close_notify, for which the deadline that is set still holds. */
    @Override
    public void close() throws IOException {
        try {
            current.close();
        } finally {
            plain.close();
            deadline.close();
        }
    }
}
