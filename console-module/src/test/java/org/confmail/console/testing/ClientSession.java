package org.confmail.console.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A mail client's session with a server: what an operator sees as a connection, as traffic and as entries of the queue. */
public final class ClientSession implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();
    private static final String NOT_FOUND = "NOT FOUND";

    private final Wire wire;

    private ClientSession(Wire wire) {
        this.wire = wire;
    }

    /** Connects and encrypts. */
    public static ClientSession open(RealServer server) throws IOException {
        Wire wire = new Wire(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        ClientSession session = new ClientSession(wire);
        try {
            assertEquals("CONFIDANT MAIL SERVER PROTOCOL 1 READY", wire.hear());
            assertEquals("PROCEED", session.ask("STARTTLS"));
            wire.encrypt(TrustAll.CONTEXT, true);
            assertEquals("ENCRYPTED", wire.hear());
            return session;
        } catch (IOException | AssertionError e) {
            wire.close();
            throw e;
        }
    }

    /** Connects, encrypts and logs in as the administrator. */
    public static ClientSession ofAdministrator(RealServer server) throws IOException {
        ClientSession session = open(server);
        assertEquals("DONE", session.login("administrator", server.administratorKey()));
        return session;
    }

    /** Returns the answer. */
    public String login(String user, String key) throws IOException {
        return ask("LOGIN " + user + " " + key);
    }

    /** Sends a line and reads one. */
    public String ask(String line) throws IOException {
        wire.say(line);
        return wire.hear();
    }

    /** Stores a data block, and returns its key. */
    public String store(byte[] data) throws IOException {
        String key = HEX.formatHex(digest("SHA-1", data));
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        wire.say("STORE SERVER " + key);
        wire.say("Type: data");
        wire.say("Date: " + date);
        wire.say("Version: 1");
        wire.say("ProofOfWork: " + proof(date.getBytes(StandardCharsets.US_ASCII), data));
        wire.say("Data: " + data.length, data);
        assertEquals("DONE", wire.hear());
        return key;
    }

    /** Stores so many data blocks that differ, and returns their keys. With a partner, each becomes an entry of the queue. */
    public List<String> storeMany(int count) throws IOException {
        List<String> keys = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            keys.add(store(("block " + n + " of " + Instant.now()).getBytes(StandardCharsets.US_ASCII)));
        }
        return keys;
    }

    /** Posts a block that the server is to pass on to the one at this address, such as {@code 127.0.0.1:9}. */
    public void sendTo(String address) throws IOException {
        wire.say("STORE PROXY " + HEX.formatHex(digest("SHA-1", address.getBytes(StandardCharsets.US_ASCII))));
        wire.say("Type: acknowledgment");
        wire.say("Date: " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        wire.say("Post-To: server=" + address);
        assertEquals("DONE", ask("EndBlock"));
    }

    /** The data of a block, if there is one. */
    public Optional<byte[]> get(String key) throws IOException {
        wire.say("GET SERVER " + key);
        for (String line = wire.hear(); !line.equals(NOT_FOUND); line = wire.hear()) {
            if (line.startsWith("Data: ")) {
                return Optional.of(wire.hearBytes(Integer.parseInt(line.substring("Data: ".length()))));
            }
        }
        return Optional.empty();
    }

    /** Asks a mailbox for what was announced since then, as a client does that looks for mail; returns the lines. */
    public List<String> since(String key, Instant since) throws IOException {
        wire.say("GET SERVER " + key + " SINCE " + since.truncatedTo(ChronoUnit.SECONDS));
        List<String> lines = new ArrayList<>();
        for (String line = wire.hear(); !line.equals("EndBlock") && !line.equals(NOT_FOUND); line = wire.hear()) {
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    /** Two nonces whose hashes begin with the same byte. */
    private static String proof(byte[]... parts) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(data::writeBytes);
        Map<Byte, String> seen = new HashMap<>();
        for (int n = 0; ; n++) {
            String nonce = String.format("%09x", n);
            byte[] hash = digest("SHA-256", nonce.getBytes(StandardCharsets.US_ASCII), data.toByteArray());
            String other = seen.putIfAbsent(hash[0], nonce);
            if (other != null) {
                return "bd," + other + "," + nonce;
            }
        }
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            Arrays.stream(parts).forEach(digest::update);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts any certificate, as clients do. */
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
