package org.confmail.server.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.confmail.shared.config.HostPort;

/**
 * The client's side of TLS towards other servers (PROTOCOL section 2). Any certificate will do at this level, however old,
 * weak or badly signed: servers are known by its digest, which the caller checks.
 *
 * <p>The JDK's rules against weak certificates ({@code jdk.certpath.disabledAlgorithms}, and that part of
 * {@code jdk.tls.disabledAlgorithms}) act inside trust managers only, and on a plain one the JDK puts them on top; an extended
 * one, as here, stands alone. So nothing has to be changed for the process, and nothing is weaker towards clients. What
 * protects the connection itself stays as strict as the JDK wants it: forward secrecy, no SHA-1 in the handshake.
 */
public final class TlsClient {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private TlsClient() {}

    /**
     * The TLS side of a connection from which nothing beyond PROCEED was read. The handshake takes place at the first read or
     * write, or by {@link SSLSocket#startHandshake}. Closing the result closes {@code plain}. Looks up no names and sends none.
     *
     * @throws IOException when {@code plain} is closed
     */
    public static SSLSocket upgrade(Socket plain, HostPort server) throws IOException {
        SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket(plain, server.host(), server.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setServerNames(List.of());
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** A context each time: no session is resumed, so that each shows its certificate and none can be tied to another. */
    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[] {new AnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform offers no TLS", e);
        }
    }

    /** Accepts what servers show. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw noClients();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw noClients();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw noClients();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static UnsupportedOperationException noClients() {
            return new UnsupportedOperationException("this is a client");
        }
    }
}
