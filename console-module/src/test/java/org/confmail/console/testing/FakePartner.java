package org.confmail.console.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A replication partner that is absent at first, so that the queue of a server fills, and then refuses or takes what comes, as a
 * test wishes. Its port never changes.
 */
public final class FakePartner implements AutoCloseable {
    private static final String KEY_STORE = "partner.p12";
    private static final String PASSWORD = "testing";

    private final SSLContext tls;
    private final int port;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<Wire> open = new CopyOnWriteArrayList<>();
    private Optional<ServerSocket> listener = Optional.empty();
    /** Bound while nobody listens, so that no other program gets the port. */
    private Optional<Socket> reserved = Optional.empty();

    private volatile boolean refuses;

    /** Takes a port, and does not answer there. */
    public FakePartner() throws IOException {
        tls = context();
        port = reserve(0);
    }

    /** The lines of a server's config.txt that make this one its partner, whom it tries again after a second. */
    public String[] config() {
        return new String[] {"replpeer: " + address(), "repl_authkey: REPLKEY1", "retry_schedule: 0,1"};
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Nobody answers at its port. */
    public void beAbsent() throws IOException {
        if (listener.isPresent()) {
            close();
            reserve(port);
        }
    }

    /** It is there, and says FAILED to each login. */
    public void refuse() throws IOException {
        refuses = true;
        listen();
    }

    /** It is there, and says DONE to all that comes. */
    public void accept() throws IOException {
        refuses = false;
        listen();
    }

    /** The commands that it said DONE to, without the logins. */
    public List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() throws IOException {
        if (listener.isPresent()) {
            listener.get().close();
            listener = Optional.empty();
        }
        if (reserved.isPresent()) {
            reserved.get().close();
            reserved = Optional.empty();
        }
        for (Wire wire : open) {
            wire.close();
        }
        open.clear();
    }

    private int reserve(int wanted) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        reserved = Optional.of(socket);
        return socket.getLocalPort();
    }

    private void listen() throws IOException {
        if (listener.isPresent()) {
            return;
        }
        close();
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener = Optional.of(socket);
        Thread.ofVirtual().name("partner").start(() -> answerAll(socket));
    }

    private void answerAll(ServerSocket socket) {
        while (true) {
            try {
                Socket next = socket.accept();
                Thread.ofVirtual().start(() -> answer(next));
            } catch (IOException e) {
                return; // absent from now on
            }
        }
    }

    private void answer(Socket socket) {
        try (Wire wire = new Wire(socket)) {
            open.add(wire);
            wire.say("CONFIDANT MAIL SERVER PROTOCOL 1 READY");
            wire.hear(); // STARTTLS
            wire.say("PROCEED");
            wire.encrypt(tls, false);
            wire.say("ENCRYPTED");
            for (String command = wire.hear(); !command.equals("QUIT"); command = wire.hear()) {
                execute(wire, command);
            }
            wire.say("GOODBYE");
        } catch (IOException e) {
            // the server went away, which tests see there
        }
    }

    private void execute(Wire wire, String command) throws IOException {
        if (command.startsWith("LOGIN ")) {
            wire.say(refuses ? "FAILED" : "DONE");
            return;
        }
        if (command.startsWith("REPLICATE ") || command.startsWith("STORE ")) {
            skipBlock(wire);
        }
        taken.add(command);
        wire.say("DONE");
    }

    private static void skipBlock(Wire wire) throws IOException {
        for (String line = wire.hear(); !line.equals("EndBlock"); line = wire.hear()) {
            if (line.startsWith("Data: ")) {
                wire.hearBytes(Integer.parseInt(line.substring("Data: ".length())));
                return;
            }
        }
    }

    private static SSLContext context() throws IOException {
        try (InputStream in = FakePartner.class.getResourceAsStream(KEY_STORE)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(Objects.requireNonNull(in, KEY_STORE), PASSWORD.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
