package org.confmail.server.delivery.peer;

import java.io.Closeable;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;

/**
 * The socket that an opening or open session uses at this moment, to be closed from outside at any moment: one that is taken
 * after that is closed at once. Guarded by itself.
 */
final class Cable implements Closeable {
    private Socket socket = unconnected();
    private boolean closed;

    /** A new socket in place of the one before, which is closed. Not connected, and past the JDK's own proxies. */
    synchronized Socket fresh() throws IOException {
        socket.close();
        if (closed) {
            throw new SocketException("closed");
        }
        socket = unconnected();
        return socket;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        socket.close();
    }

    private static Socket unconnected() {
        return new Socket(Proxy.NO_PROXY);
    }
}
