package org.confmail.server.delivery.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.confmail.server.net.Fixture;
import org.confmail.server.net.TlsException;
import org.confmail.server.net.TlsIdentity;
import org.confmail.server.net.TlsServer;
import org.confmail.shared.config.HostPort;
import org.junit.jupiter.api.Assertions;

/** A server on a loopback port that plays a script on each connection, and remembers the lines that it got. */
public final class ScriptedPeer implements AutoCloseable {
    public static final String GREETING = "CONFIDANT MAIL SERVER PROTOCOL 1 READY";

    private final TlsServer tls;
    private final ServerSocket listener;
    private final Script script;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private ScriptedPeer(TlsServer tls, Script script) throws IOException {
        this.tls = tls;
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /** A peer that shows the usual certificate. */
    public static ScriptedPeer playing(Script script) throws IOException {
        return new ScriptedPeer(UsualTls.SERVER, script);
    }

    /** A peer that shows the certificate of these fixtures. */
    public static ScriptedPeer playing(String key, String certificate, Script script) throws IOException {
        return new ScriptedPeer(tls(key, certificate), script);
    }

    /** A peer that greets, encrypts, and says DONE to all that follows, blocks and logins too. */
    public static ScriptedPeer agreeing() throws IOException {
        return playing(Conversation::agree);
    }

    /** The digest of the usual certificate. */
    public static String digest() {
        return UsualTls.SERVER.identity().digest();
    }

    public HostPort address() {
        return new HostPort("127.0.0.1", port());
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** All lines that came, on all connections. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    public int connections() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        if (failure.get() != null) {
            Assertions.fail("the script failed", failure.get());
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.startVirtualThread(() -> play(socket));
            } catch (IOException e) {
                return; // closed: the test is over
            }
        }
    }

    private void play(Socket socket) {
        try (Conversation conversation = new Conversation(socket)) {
            script.play(conversation);
        } catch (IOException e) {
            // the other side went away, which tests look at from there
        } catch (RuntimeException | Error e) {
            failure.set(e);
        }
    }

    private static TlsServer tls(String key, String certificate) throws IOException {
        Path directory = Files.createTempDirectory("confmail-peer");
        Path keyFile = Fixture.copy(key, directory);
        Path certificateFile = Fixture.copy(certificate, directory);
        try {
            return new TlsServer(TlsIdentity.load(keyFile, certificateFile));
        } catch (TlsException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(keyFile);
            Files.delete(certificateFile);
            Files.delete(directory);
        }
    }

    /** What a peer does on one connection. */
    @FunctionalInterface
    public interface Script {
        void play(Conversation with) throws IOException;
    }

    /** The peer's side of one connection. */
    public final class Conversation implements AutoCloseable {
        private final Socket plain;
        private Socket socket;
        private InputStream in;

        private Conversation(Socket socket) throws IOException {
            this.plain = socket;
            this.socket = socket;
            this.in = socket.getInputStream();
        }

        public void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        /** The next line, which must end in CR LF. */
        public String hear() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException();
                }
                line.append((char) b);
            }
            Assertions.assertEquals('\r', line.charAt(line.length() - 1), "line without CR");
            line.setLength(line.length() - 1);
            lines.add(line.toString());
            return line.toString();
        }

        public byte[] hearBytes(int count) throws IOException {
            return in.readNBytes(count);
        }

        /** Greeting, STARTTLS and all that belongs to it. */
        public void greetAndEncrypt() throws IOException {
            say(GREETING);
            Assertions.assertEquals("STARTTLS", hear());
            say("PROCEED");
            handshake();
            say("ENCRYPTED");
        }

        public void handshake() throws IOException {
            handshake(tls.upgrade(socket));
        }

        /** As servers that know nothing newer than TLS 1.2. */
        public void oldHandshake() throws IOException {
            SSLSocket inside = tls.upgrade(socket);
            inside.setEnabledProtocols(new String[] {"TLSv1.2"});
            handshake(inside);
        }

        private void handshake(SSLSocket inside) throws IOException {
            inside.startHandshake();
            socket = inside;
            in = inside.getInputStream();
        }

        /** The name that the client sent in the handshake, if it did. */
        public int serverNames() {
            return ((javax.net.ssl.ExtendedSSLSession) ((SSLSocket) socket).getSession())
                    .getRequestedServerNames()
                    .size();
        }

        /** Hangs until the other side closes. */
        public void hang() throws IOException {
            while (in.read() >= 0) {
                // say nothing
            }
        }

        /** Writes a line that does not end, until the other side closes. */
        public void babble() throws IOException {
            byte[] piece = new byte[4096];
            Arrays.fill(piece, (byte) 'x');
            while (true) {
                socket.getOutputStream().write(piece);
            }
        }

        /** Closes without a word of TLS, and so that the other side loses what it has not read yet. */
        public void reset() throws IOException {
            plain.setSoLinger(true, 0);
            plain.close();
        }

        /** Takes everything. */
        public void agree() throws IOException {
            greetAndEncrypt();
            while (true) {
                String command = hear();
                if (command.equals("QUIT")) {
                    say("GOODBYE");
                    return;
                }
                if (command.startsWith("STORE ") || command.startsWith("REPLICATE ")) {
                    hearBlock();
                }
                say("DONE");
            }
        }

        private void hearBlock() throws IOException {
            for (String line = hear(); !line.equals("EndBlock"); line = hear()) {
                if (line.startsWith("Data: ")) {
                    hearBytes(Integer.parseInt(line.substring(6)));
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static final class UsualTls {
        static final TlsServer SERVER = load();

        private static TlsServer load() {
            try {
                return tls("ec-p256.key", "ec-p256.crt");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
