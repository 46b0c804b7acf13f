package org.confmail.server.bench;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.confmail.server.block.Key;
import org.confmail.server.net.TrustAnything;

/** A client that knows the size of every answer, so that it costs little. Belongs to one thread. */
final class TlsClient implements AutoCloseable {
    static final byte[] DONE = bytes("DONE\r\n");
    private static final SSLContext TLS = trustingAll();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private TlsClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Connects to a server, inside TLS, logged in. */
    static TlsClient server(BenchHome home) throws IOException {
        Socket plain = connect(home.port());
        TlsClient before = new TlsClient(plain);
        before.line();
        before.send(bytes("STARTTLS\r\n"));
        before.expect("PROCEED");
        TlsClient client = new TlsClient(encrypted(plain));
        client.expect("ENCRYPTED");
        client.send(bytes("LOGIN " + BenchHome.USER + " " + BenchHome.AUTH_KEY + "\r\n"));
        client.expect("DONE");
        return client;
    }

    /** Connects to the reference for requests and answers of these sizes. */
    static TlsClient reference(int port, int requestBytes, int answerBytes) throws IOException {
        TlsClient client = new TlsClient(encrypted(connect(port)));
        DataOutputStream sizes = new DataOutputStream(client.out);
        sizes.writeInt(requestBytes);
        sizes.writeInt(answerBytes);
        return client;
    }

    /** Sends a request and reads an answer as long as {@code answer}. */
    void exchange(byte[] request, byte[] answer) throws IOException {
        send(request);
        if (in.readNBytes(answer, 0, answer.length) != answer.length) {
            throw new EOFException("closed within an answer");
        }
    }

    /** Sends a whole STORE and waits until it is done. */
    void store(byte[] request) throws IOException {
        byte[] answer = new byte[DONE.length];
        exchange(request, answer);
        if (!Arrays.equals(DONE, answer)) {
            throw new IOException("answered " + new String(answer, StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static byte[] get(Key key) {
        return bytes("GET SERVER " + key + "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void send(byte[] request) throws IOException {
        out.write(request);
        out.flush();
    }

    private void expect(String expected) throws IOException {
        String line = line();
        if (!line.equals(expected)) {
            throw new IOException("expected " + expected + ", got " + line);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after " + line);
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static SSLSocket encrypted(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) TLS.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnything()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
