package org.confmail.server.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Turns accepted connections into TLS ones under one identity (PROTOCOL section 2). Immutable and shared by all connections; a
 * changed certificate makes a new one. {@link TlsDefaults} must have been installed before the first is made.
 *
 * <p>Forward secrecy always: static RSA is not offered. The order below is ours, and the server's order counts.
 */
public final class TlsServer {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /**
     * Cheap and strong first; CBC for clients that are limited to it; DHE last, because it costs several times what ECDHE
     * does.
     */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA");

    /**
     * Sessions kept for resumption. The JDK would keep 20,480 for a day, some 4 KB each. Clients that resume mostly bring the
     * session along in a ticket, which costs the server nothing; existing clients never resume.
     */
    private static final int CACHED_SESSIONS_MAX = 512;

    /** Also bounds how long a ticket is good, and with it how long its key could open a recorded connection. */
    private static final Duration SESSION_LIFE = Duration.ofHours(1);

    /** No client is asked for a certificate; an empty list also keeps the JDK from loading its certificate authorities. */
    private static final TrustManager[] TRUST_NOBODY = {};

    private final TlsIdentity identity;
    private final SSLSocketFactory sockets;
    private final SSLParameters parameters;

    /**
     * A server side under {@code identity}.
     *
     * @throws IllegalStateException when the Java platform has no TLS, or none that suits us
     */
    public TlsServer(TlsIdentity identity) {
        this.identity = identity;
        SSLContext context = context(identity);
        sockets = context.getSocketFactory();
        parameters = parameters(context);
    }

    public TlsIdentity identity() {
        return identity;
    }

    /**
     * The TLS side of an accepted connection, from which nothing beyond the STARTTLS line was read. The handshake takes place
     * at the first read or write, or by {@link SSLSocket#startHandshake}. Closing the result closes {@code plain}. Looks up
     * no names.
     *
     * @throws IOException when {@code plain} is closed
     */
    public SSLSocket upgrade(Socket plain) throws IOException {
        return layered(plain, new ReadAhead(plain.getInputStream()));
    }

    /**
     * As {@link #upgrade(Socket)}, for a connection from which more was read: {@code alreadyRead} is what came behind the
     * STARTTLS line, and is taken for the beginning of the client's handshake. Commands that someone slipped in there before
     * encryption thus end the handshake, and are never executed.
     */
    public SSLSocket upgrade(Socket plain, InputStream alreadyRead) throws IOException {
        return layered(plain, alreadyRead);
    }

    private SSLSocket layered(Socket plain, InputStream readFirst) throws IOException {
        // Of the layering methods only this one is for servers. Those that take a host name would make a client, and
        // asking the address for its name would be a DNS query in the way of every connection.
        SSLSocket socket = (SSLSocket) sockets.createSocket(plain, readFirst, true);
        socket.setUseClientMode(false);
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static SSLContext context(TlsIdentity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new IdentityKeyManager(identity)}, TRUST_NOBODY, null);
            SSLSessionContext sessions = context.getServerSessionContext();
            sessions.setSessionCacheSize(CACHED_SESSIONS_MAX);
            sessions.setSessionTimeout((int) SESSION_LIFE.toSeconds());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform offers no TLS", e);
        }
    }

    private static SSLParameters parameters(SSLContext context) {
        Set<String> supported =
                Set.copyOf(Arrays.asList(context.getSupportedSSLParameters().getCipherSuites()));
        String[] suites = CIPHER_SUITES.stream().filter(supported::contains).toArray(String[]::new);
        if (suites.length == 0) {
            throw new IllegalStateException("this Java platform's TLS has no cipher suite with forward secrecy");
        }
        SSLParameters parameters = new SSLParameters(suites, PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setWantClientAuth(false);
        return parameters;
    }
}
