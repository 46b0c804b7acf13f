package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.confmail.server.net.RawHello.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsServerTest {
    private static final int ECDHE_RSA_AES_128_GCM = 0xc02f;
    private static final int DHE_RSA_AES_256_GCM = 0x009f;
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int PROTOCOL_VERSION = 70;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "rsa2048-pkcs1.key, rsa2048.crt,                 TLSv1.3, TLS_AES_128_GCM_SHA256",
        "rsa2048-pkcs1.key, rsa2048-chain.crt,           TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "rsa2048-pkcs8.key, rsa2048.crt,                 TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "rsa2048-pkcs8.key, rsa2048.crt,                 TLSv1.2, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "rsa2048-pkcs8.key, rsa2048.crt,                 TLSv1.2, TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
        "ec-p256.key,       ec-p256.crt,                 TLSv1.3, TLS_AES_256_GCM_SHA384",
        "ec-p256.key,       ec-p256.crt,                 TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "rsa1024.key,       rsa1024-v1-sha1-expired.crt, TLSv1.3, TLS_AES_128_GCM_SHA256",
        "rsa1024.key,       rsa1024-v1-sha1-expired.crt, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "rsa1024.key,       rsa1024-v1-sha1-expired.crt, TLSv1.2, TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
    })
    void clientThatTakesAnyCertificateTalksToAnyIdentity(String key, String certificate, String protocol, String suite)
            throws Exception {
        TlsIdentity identity = identity(key, certificate);
        try (LoopbackTls server = new LoopbackTls(identity);
                SSLSocket client = client(server.port())) {
            client.setEnabledProtocols(new String[] {protocol});
            client.setEnabledCipherSuites(new String[] {suite});
            byte[] said = "PING hello\r\n".getBytes(StandardCharsets.US_ASCII);
            client.getOutputStream().write(said);

            assertArrayEquals(said, client.getInputStream().readNBytes(said.length));
            assertEquals(protocol, client.getSession().getProtocol());
            assertEquals(suite, client.getSession().getCipherSuite());
            X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
            assertEquals(identity.digest(), CertificateFacts.of(shown).digest());
        }
    }

    @Test
    void wholeChainIsShown() throws Exception {
        try (LoopbackTls server = new LoopbackTls(identity("rsa2048-pkcs1.key", "rsa2048-chain.crt"));
                SSLSocket client = client(server.port())) {
            assertEquals(2, client.getSession().getPeerCertificates().length);
        }
    }

    @Test
    void oldClientWithoutServerNameGetsEcdheBeforeDhe() throws Exception {
        try (LoopbackTls server = new LoopbackTls(identity("rsa2048-pkcs1.key", "rsa2048.crt"))) {
            Answer answer = RawHello.say(server.port(), RawHello.TLS_1_2, DHE_RSA_AES_256_GCM, ECDHE_RSA_AES_128_GCM);
            assertEquals(ECDHE_RSA_AES_128_GCM, answer.suite());
        }
    }

    @Test
    void oldClientThatKnowsOnlyDheGetsAGroupOf2048Bits() throws Exception {
        try (LoopbackTls server = new LoopbackTls(identity("rsa2048-pkcs1.key", "rsa2048.crt"))) {
            Answer answer = RawHello.say(server.port(), RawHello.TLS_1_2, DHE_RSA_AES_256_GCM);
            assertEquals(DHE_RSA_AES_256_GCM, answer.suite());
            assertEquals(2048, answer.dhPrime().bitLength());
        }
    }

    @Test
    void tls11IsRefusedWhereTheSameHelloIn12IsTaken() throws Exception {
        int ecdheCbc = 0xc013; // a suite of both versions
        try (LoopbackTls server = new LoopbackTls(identity("rsa2048-pkcs1.key", "rsa2048.crt"))) {
            assertEquals(
                    PROTOCOL_VERSION,
                    RawHello.say(server.port(), RawHello.TLS_1_1, ecdheCbc).alert());
            assertEquals(
                    ecdheCbc,
                    RawHello.say(server.port(), RawHello.TLS_1_2, ecdheCbc).suite());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_RSA_WITH_AES_128_CBC_SHA,         002f",
        "TLS_RSA_WITH_AES_256_CBC_SHA,         0035",
        "TLS_RSA_WITH_AES_128_GCM_SHA256,      009c",
        "TLS_RSA_WITH_AES_256_GCM_SHA384,      009d",
        "TLS_DH_anon_WITH_AES_128_CBC_SHA,     0034",
        "TLS_ECDH_anon_WITH_AES_128_CBC_SHA,   c018",
        "TLS_ECDHE_RSA_WITH_NULL_SHA,          c010",
        "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA,  c012",
        "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA,    0016",
        "TLS_ECDHE_RSA_WITH_RC4_128_SHA,       c011",
    })
    void weakSuiteIsRefused(String name, String code) throws Exception {
        try (LoopbackTls server = new LoopbackTls(identity("rsa2048-pkcs1.key", "rsa2048.crt"))) {
            Answer answer = RawHello.say(server.port(), RawHello.TLS_1_2, Integer.parseInt(code, 16));
            assertEquals(HANDSHAKE_FAILURE, answer.alert(), name);
        }
    }

    @Test
    void peerIsCalledByItsAddressSoThatNoNameIsLookedUp() throws Exception {
        try (LoopbackTls server = new LoopbackTls(identity("rsa2048-pkcs1.key", "rsa2048.crt"));
                SSLSocket client = client(server.port())) {
            client.startHandshake();
            // a reverse lookup would find "localhost" in any hosts file
            assertEquals(InetAddress.getLoopbackAddress().getHostAddress(), server.nextPeer());
        }
    }

    @Test
    void commandsSlippedInBeforeEncryptionEndTheHandshake() throws Exception {
        TlsServer tls = new TlsServer(identity("rsa2048-pkcs1.key", "rsa2048.crt"));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                Socket plain = listener.accept();
                SSLSocket upgraded = tls.upgrade(
                        plain, new ByteArrayInputStream("SHUTDOWN\r\n".getBytes(StandardCharsets.US_ASCII)))) {
            assertThrows(SSLException.class, upgraded::startHandshake);
            assertTrue(client.isConnected());
        }
    }

    @Test
    void closingTheUpgradedConnectionClosesTheAcceptedOne() throws Exception {
        TlsServer tls = new TlsServer(identity("rsa2048-pkcs1.key", "rsa2048.crt"));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                Socket plain = listener.accept()) {
            tls.upgrade(plain).close();
            assertTrue(plain.isClosed());
            assertTrue(client.isConnected());
        }
    }

    private TlsIdentity identity(String key, String certificate) throws IOException, TlsException {
        return TlsIdentity.load(Fixture.copy(key, directory), Fixture.copy(certificate, directory));
    }

    private static SSLSocket client(int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAnything()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }
}
