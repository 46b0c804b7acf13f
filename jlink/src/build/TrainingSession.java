import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A client's session of the training run: logs in, stores and fetches one block of each kind, and stops the server. Every answer
 * that is not the expected one fails the build.
 */
final class TrainingSession implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();

    private final Socket socket;
    private InputStream in;
    private OutputStream out;

    private TrainingSession(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        take(socket);
    }

    /** Runs the session against the server on {@code home}, which listens on {@code port}. */
    static void run(Path home, int port) throws IOException, GeneralSecurityException {
        String key = Files.readAllLines(home.resolve("auth.txt")).stream()
                .filter(line -> line.startsWith("administrator "))
                .findFirst()
                .orElseThrow()
                .split(" ")[1];
        try (TrainingSession session = new TrainingSession(new Socket(InetAddress.getLoopbackAddress(), port))) {
            session.expect("CONFIDANT MAIL SERVER PROTOCOL 1 READY");
            session.command("STARTTLS", "PROCEED");
            session.encrypt();
            session.expect("ENCRYPTED");
            session.command("LOGIN administrator " + key, "DONE");
            session.send("GENLOGIN 1");
            session.line();
            session.expect("EndBlock");
            session.command("SELFTEST", "PASS");
            session.expect("EndBlock");
            for (int size : new int[] {500, 300_000}) {
                session.data(size);
            }
            session.acknowledgment();
            session.announcement();
            session.command("NO SUCH COMMAND", "INVALID COMMAND");
            session.command("SHUTDOWN", "GOODBYE");
        }
    }

    private void data(int size) throws IOException, GeneralSecurityException {
        byte[] bytes = new byte[size];
        new SecureRandom().nextBytes(bytes);
        String date = now();
        String key = HEX.formatHex(sha1(bytes));
        send("STORE SERVER " + key);
        send("Type: data");
        send("Date: " + date);
        send("Version: 1");
        send("ProofOfWork: " + proof(8, date.getBytes(StandardCharsets.US_ASCII), bytes));
        send("Data: " + size);
        out.write(bytes);
        out.flush();
        expect("DONE");
        send("GET SERVER " + key);
        String line = line();
        while (!line.startsWith("Data: ")) {
            line = line();
        }
        if (!Arrays.equals(bytes, in.readNBytes(size))) {
            throw new IOException("the data block came back altered");
        }
    }

    private void acknowledgment() throws IOException, GeneralSecurityException {
        byte[] hash = sha1("training".getBytes(StandardCharsets.US_ASCII));
        String date = now();
        String text = "Type: acknowledgment\r\nDate: " + date + "\r\nVersion: 1\r\nProofOfWork: "
                + proof(16, date.getBytes(StandardCharsets.US_ASCII), hash) + "\r\nHash: " + HEX.formatHex(hash);
        text(HEX.formatHex(sha1(hash)), text, "");
    }

    private void announcement() throws IOException, GeneralSecurityException {
        byte[] recipient = sha1("recipient".getBytes(StandardCharsets.US_ASCII));
        byte[] message = sha1("message".getBytes(StandardCharsets.US_ASCII));
        String date = now();
        String text = "Type: message-announcement\r\nDate: " + date + "\r\nVersion: 1\r\nRecipient: "
                + HEX.formatHex(recipient) + "\r\nMailbox: 0\r\nProofOfWork: "
                + proof(8, recipient, message, date.getBytes(StandardCharsets.US_ASCII), message) + "\r\nDataBlock: "
                + HEX.formatHex(message) + "\r\nMessageHash: " + HEX.formatHex(message);
        byte[] mailbox = "0".getBytes(StandardCharsets.US_ASCII);
        text(HEX.formatHex(sha1(concatenated(mailbox, recipient))), text, " SINCE " + date);
    }

    private void text(String key, String text, String since) throws IOException {
        send("STORE SERVER " + key);
        send(text);
        command("EndBlock", "DONE");
        send("GET SERVER " + key + since);
        String line = line();
        if (!line.startsWith("Type: ")) {
            throw new IOException("expected a block, got " + line);
        }
        while (!line.equals("EndBlock")) {
            line = line();
        }
    }

    private void encrypt() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        encrypted.startHandshake();
        take(encrypted);
    }

    private void take(Socket from) throws IOException {
        in = new BufferedInputStream(from.getInputStream());
        out = from.getOutputStream();
    }

    private void command(String line, String answer) throws IOException {
        send(line);
        expect(answer);
    }

    private void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void expect(String answer) throws IOException {
        String line = line();
        if (!line.equals(answer)) {
            throw new IOException("expected " + answer + ", got " + line);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the server hung up after " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
    }

    /** Two nonces whose hashes share their first {@code bits} bits. */
    private static String proof(int bits, byte[]... parts) throws GeneralSecurityException {
        byte[] data = concatenated(parts);
        Map<Integer, String> seen = new LinkedHashMap<>();
        for (int n = 0; ; n++) {
            String nonce = String.format("%09x", n);
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(nonce.getBytes(StandardCharsets.US_ASCII));
            byte[] hash = sha256.digest(data);
            int prefix = ((hash[0] & 0xff) << 16 | (hash[1] & 0xff) << 8 | hash[2] & 0xff) >>> 24 - bits;
            String other = seen.putIfAbsent(prefix, nonce);
            if (other != null) {
                return "bd," + other + "," + nonce;
            }
        }
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] sha1(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(bytes);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Trusts the certificate that the training's own server made a moment ago. */
    private static final class TrustAll implements X509TrustManager {
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
