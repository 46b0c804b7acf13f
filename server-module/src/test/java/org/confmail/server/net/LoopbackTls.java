package org.confmail.server.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;

/** A TLS server on a loopback port that sends back each byte it gets. A virtual thread a connection. */
final class LoopbackTls implements AutoCloseable {
    private final TlsServer tls;
    private final ServerSocket listener;
    private final BlockingQueue<String> peers = new LinkedBlockingQueue<>();

    LoopbackTls(TlsIdentity identity) throws IOException {
        tls = new TlsServer(identity);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What the server calls the client of its next finished handshake. */
    String nextPeer() throws InterruptedException {
        return peers.take();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (true) {
            Socket plain;
            try {
                plain = listener.accept();
            } catch (SocketException e) {
                return; // closed: the test is over
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            Thread.startVirtualThread(() -> echo(plain));
        }
    }

    private void echo(Socket plain) {
        try (SSLSocket socket = tls.upgrade(plain)) {
            socket.startHandshake();
            peers.add(socket.getSession().getPeerHost());
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                socket.getOutputStream().write(b);
            }
        } catch (IOException e) {
            // a refused handshake: the client sees the alert and is what the tests look at
        }
    }
}
