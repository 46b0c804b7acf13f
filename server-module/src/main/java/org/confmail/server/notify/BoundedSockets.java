package org.confmail.server.notify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes sockets that read only so much: the SMTP client keeps all that a mail server says, on lines without end too. */
final class BoundedSockets extends SocketFactory {
    /** What the few answers of a mail server take, with the certificates of TLS, many times over. */
    static final int BYTES_MAX = 1 << 20;

    @Override
    public Socket createSocket() {
        return new BoundedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }

    private static final class BoundedSocket extends Socket {
        private int left = BYTES_MAX;

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    return counted(super.read(), 1);
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int count = super.read(into, offset, length);
                    return counted(count, count);
                }
            };
        }

        private int counted(int result, int count) throws IOException {
            left -= result < 0 ? 0 : count;
            if (left < 0) {
                throw new IOException("it says more than " + BYTES_MAX + " bytes. Is that a mail server?");
            }
            return result;
        }
    }
}
