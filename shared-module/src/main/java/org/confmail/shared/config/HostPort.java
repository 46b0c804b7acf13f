package org.confmail.shared.config;

import java.net.Inet6Address;
import java.util.Optional;

/**
 * A host and a port, as options and Post-To lines name a server. The host is a name, an IPv4 address or an IPv6 address
 * (held without brackets); it is not looked up here.
 *
 * @param host 1 to {@value #HOST_CHARACTERS_MAX} characters, as written
 * @param port 1 to {@value #PORT_MAX}
 */
public record HostPort(String host, int port) {
    public static final int PORT_MAX = 65535;
    public static final int HOST_CHARACTERS_MAX = 255;

    /** @throws IllegalArgumentException when the host has other characters, or the port is out of range */
    public HostPort {
        if (!isHost(host)) {
            throw new IllegalArgumentException("not a host name or address");
        }
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and " + PORT_MAX);
        }
    }

    /**
     * Splits at the last colon, so that an IPv6 address may stand with brackets or without; empty when {@code text} is no
     * {@code host:port}.
     */
    public static Optional<HostPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String host = text.substring(0, colon).strip();
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (host.indexOf(':') < 0) {
                return Optional.empty();
            }
        }
        long port = Numbers.whole(text.substring(colon + 1).strip()).orElse(0);
        return isHost(host) && port >= 1 && port <= PORT_MAX
                ? Optional.of(new HostPort(host, (int) port))
                : Optional.empty();
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    private static boolean isHost(String host) {
        if (host.isEmpty() || host.length() > HOST_CHARACTERS_MAX) {
            return false;
        }
        return host.indexOf(':') < 0 ? host.chars().allMatch(HostPort::isNameCharacter) : isIpv6(host);
    }

    private static boolean isIpv6(String host) {
        int percent = host.indexOf('%');
        String address = percent < 0 ? host : host.substring(0, percent);
        if (percent >= 0 && !host.substring(percent + 1).chars().allMatch(HostPort::isNameCharacter)) {
            return false;
        }
        if (!address.chars().allMatch(c -> (c < 0x80 && Character.digit(c, 16) >= 0) || c == ':' || c == '.')) {
            return false;
        }
        try {
            Inet6Address.ofLiteral(address);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isNameCharacter(int c) {
        return Ascii.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }
}
