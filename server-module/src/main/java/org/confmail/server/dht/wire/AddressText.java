package org.confmail.server.dht.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** How an IP address is written in a contact. Names are never resolved: the text comes from a stranger. */
final class AddressText {
    /** Eight groups of four digits; an IPv4 address in the last two groups makes it longer. */
    static final int CHARS_MAX = 45;

    private static final int IPV4_BYTES = 4;

    private AddressText() {}

    /** The text of an address; the zone of an IPv6 one means nothing to others and is left out. */
    static String of(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** The address of one host that {@code text} spells in digits, or empty. */
    static Optional<InetAddress> parse(String text) {
        if (text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        Optional<InetAddress> address = text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
        return address.filter(one -> !one.isAnyLocalAddress() && !one.isMulticastAddress());
    }

    /** Four numbers up to 255, with none of the older forms that InetAddress takes. */
    private static Optional<InetAddress> ipv4(String text) {
        byte[] bytes = new byte[IPV4_BYTES];
        int filled = 0;
        int number = -1;
        for (int i = 0; i <= text.length(); i++) {
            char character = i < text.length() ? text.charAt(i) : '.';
            if (character == '.') {
                if (number < 0 || filled == IPV4_BYTES) {
                    return Optional.empty();
                }
                bytes[filled++] = (byte) number;
                number = -1;
            } else if (character < '0' || character > '9' || number == 0) {
                return Optional.empty();
            } else {
                number = Math.max(number, 0) * 10 + (character - '0');
                if (number > 255) {
                    return Optional.empty();
                }
            }
        }
        return filled == IPV4_BYTES ? Optional.of(address(bytes)) : Optional.empty();
    }

    private static Optional<InetAddress> ipv6(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character != ':' && character != '.' && Character.digit(character, 16) < 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(Inet6Address.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
