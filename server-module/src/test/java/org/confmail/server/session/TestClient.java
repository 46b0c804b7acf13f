package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that knows nothing of the server's code. Every answer must come within a few seconds, its lines ended by CR LF. */
public final class TestClient implements AutoCloseable {
    private static final int ANSWER_MILLIS_MAX = 10_000;

    private Socket socket;
    private InputStream in;

    private TestClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects and reads the greeting. */
    public static TestClient connect(int port) throws IOException {
        TestClient client = open(port);
        assertEquals("CONFIDANT MAIL SERVER PROTOCOL 1 READY", client.line());
        return client;
    }

    /** Connects and reads nothing. */
    public static TestClient open(int port) throws IOException {
        return open(port, 0);
    }

    /** Connects with a receive buffer of so many bytes, or the usual one. */
    public static TestClient open(int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS_MAX);
        return new TestClient(socket);
    }

    /** STARTTLS with all that belongs to it. */
    public void encrypt() throws IOException {
        assertEquals("PROCEED", ask("STARTTLS"));
        handshake();
        assertEquals("ENCRYPTED", line());
    }

    /** The client's side of a handshake, after PROCEED. */
    public void handshake() throws IOException {
        SSLSocket inside = (SSLSocket)
                TrustAll.CONTEXT.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        inside.startHandshake();
        socket = inside;
        in = new BufferedInputStream(inside.getInputStream());
    }

    /** Sends lines, all at once. */
    public void send(String... lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append("\r\n");
        }
        write(text.toString());
    }

    /** Sends text as it is, one byte a character. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends a line and reads one. */
    public String ask(String line) throws IOException {
        send(line);
        return line();
    }

    /** The next line from the server, without its CR LF. */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line);
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        assertTrue(text.endsWith("\r"), () -> "not ended by CR LF: " + text);
        return text.substring(0, text.length() - 1);
    }

    public byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    /** Reads lines up to EndBlock, which is not among them. */
    public List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.equals("EndBlock"); line = line()) {
            lines.add(line);
        }
        return lines;
    }

    /** Posts a block that is given in its stored form; returns the answer. */
    public String store(String command, byte[] stored) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        int data = dataOffset(stored);
        String text = new String(stored, 0, data, StandardCharsets.ISO_8859_1);
        wire.writeBytes(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        if (data < stored.length) {
            wire.write(stored, data, stored.length - data);
        } else {
            wire.writeBytes("EndBlock\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        write(wire.toByteArray());
        return line();
    }

    /** Asks for a block; returns it in its stored form, or empty where there is none. */
    public Optional<byte[]> get(String command) throws IOException {
        send(command);
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        for (String line = line(); !line.equals("EndBlock"); line = line()) {
            if (stored.size() == 0 && line.equals("NOT FOUND")) {
                return Optional.empty();
            }
            stored.writeBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            if (line.startsWith("Data: ")) {
                stored.writeBytes(read(Integer.parseInt(line.substring("Data: ".length()))));
                break;
            }
        }
        return Optional.of(stored.toByteArray());
    }

    /** Whether the server closes without another word. */
    public boolean closed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException | SSLException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static int dataOffset(byte[] stored) {
        String text = new String(stored, StandardCharsets.ISO_8859_1);
        int line = text.indexOf("\nData: ");
        return line < 0 ? stored.length : text.indexOf('\n', line + 1) + 1;
    }

    /** Accepts any certificate, as clients do. */
    private static final class TrustAll implements X509TrustManager {
        static final SSLContext CONTEXT = context();

        private static SSLContext context() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new TrustAll()}, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
