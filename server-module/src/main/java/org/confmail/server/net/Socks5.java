package org.confmail.server.net;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.confmail.shared.config.HostPort;

/**
 * The client's side of SOCKS 5 (RFC 1928, RFC 1929), on a connection to the proxy. Names go to the proxy as they are and never
 * to a resolver, which the JDK's own SOCKS does not promise. Nothing that the proxy says takes more than 260 bytes, for all
 * lengths are single bytes. Time is the caller's business: close the socket to end it.
 */
public final class Socks5 {
    private static final int VERSION = 5;
    private static final int LOGIN_VERSION = 1;
    private static final int METHOD_NONE = 0;
    private static final int METHOD_LOGIN = 2;
    private static final int METHOD_REFUSED = 0xff;
    private static final int CONNECT = 1;
    private static final int TYPE_IPV4 = 1;
    private static final int TYPE_NAME = 3;
    private static final int TYPE_IPV6 = 4;

    private final InputStream in;
    private final OutputStream out;

    private Socks5(Socket proxy) throws IOException {
        this.in = proxy.getInputStream();
        this.out = proxy.getOutputStream();
    }

    /**
     * Has the proxy connect to {@code target}; when this returns, the socket is the connection to the target, and nothing
     * beyond the proxy's answer was read.
     *
     * @param login offered beside no login at all; the proxy chooses
     * @throws SocksFailure when the proxy answers anything but success
     * @throws IOException when the connection to the proxy breaks
     */
    public static void connect(Socket proxy, HostPort target, Optional<SocksLogin> login) throws IOException {
        Socks5 client = new Socks5(proxy);
        client.agreeOnMethod(login);
        client.connect(target);
    }

    private void agreeOnMethod(Optional<SocksLogin> login) throws IOException {
        send(
                login.isPresent()
                        ? new byte[] {VERSION, 2, METHOD_NONE, METHOD_LOGIN}
                        : new byte[] {VERSION, 1, METHOD_NONE});
        byte[] answer = read(2);
        version(answer[0]);
        int method = answer[1] & 0xff;
        if (method == METHOD_LOGIN && login.isPresent()) {
            logIn(login.get());
        } else if (method == METHOD_REFUSED || method == METHOD_LOGIN) {
            throw new SocksFailure(SocksFailure.Kind.CREDENTIALS, "the proxy wants a login");
        } else if (method != METHOD_NONE) {
            throw noSocks("it chose a method that was not offered");
        }
    }

    private void logIn(SocksLogin login) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(LOGIN_VERSION);
        counted(login.user(), request);
        counted(login.password(), request);
        send(request.toByteArray());
        if (read(2)[1] != 0) {
            throw new SocksFailure(SocksFailure.Kind.CREDENTIALS, "the proxy refused the login");
        }
    }

    private void connect(HostPort target) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(VERSION);
        request.write(CONNECT);
        request.write(0);
        address(target.host(), request);
        request.write(target.port() >> 8);
        request.write(target.port());
        send(request.toByteArray());

        byte[] answer = read(2);
        version(answer[0]);
        if (answer[1] != 0) {
            // Some proxies close right behind the code.
            throw SocksFailure.ofReply(answer[1] & 0xff);
        }
        byte[] bound = read(2);
        int length = switch (bound[1]) {
            case TYPE_IPV4 -> 4;
            case TYPE_IPV6 -> 16;
            case TYPE_NAME -> read(1)[0] & 0xff;
            default -> throw noSocks("its answer has an address of no known type");
        };
        read(length + 2);
    }

    private static void address(String host, ByteArrayOutputStream request) {
        Optional<InetAddress> literal = NameLookup.literal(host);
        if (literal.isPresent()) {
            request.write(literal.get() instanceof Inet4Address ? TYPE_IPV4 : TYPE_IPV6);
            request.writeBytes(literal.get().getAddress());
        } else {
            request.write(TYPE_NAME);
            counted(host, request);
        }
    }

    private static void counted(String text, ByteArrayOutputStream request) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        request.write(bytes.length);
        request.writeBytes(bytes);
    }

    private static void version(byte version) throws SocksFailure {
        if (version != VERSION) {
            throw noSocks("it answered with something else");
        }
    }

    private static SocksFailure noSocks(String why) {
        return new SocksFailure(SocksFailure.Kind.PROTOCOL, "the proxy does not speak SOCKS 5: " + why);
    }

    private void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the proxy closed the connection");
        }
        return bytes;
    }
}
