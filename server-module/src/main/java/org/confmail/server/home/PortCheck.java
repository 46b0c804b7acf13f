package org.confmail.server.home;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Whether a port can be had. */
final class PortCheck {
    private PortCheck() {}

    /** What stands in the way of listening for clients there; a port that the running server holds is as it should be. */
    static Optional<Finding> tcp(Optional<InetAddress> address, int port, boolean serverRuns) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the server does: connections of its last run may linger
            socket.bind(endpoint(address, port));
            return Optional.empty();
        } catch (IOException e) {
            return serverRuns ? Optional.empty() : Optional.of(finding("TCP", "sport", address, port, e));
        }
    }

    /** The same for the DHT's datagrams. */
    static Optional<Finding> udp(Optional<InetAddress> address, int port, boolean serverRuns) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(endpoint(address, port));
            return Optional.empty();
        } catch (IOException e) {
            return serverRuns ? Optional.empty() : Optional.of(finding("UDP", "eport", address, port, e));
        }
    }

    private static InetSocketAddress endpoint(Optional<InetAddress> address, int port) {
        return address.map(one -> new InetSocketAddress(one, port)).orElseGet(() -> new InetSocketAddress(port));
    }

    private static Finding finding(
            String kind, String option, Optional<InetAddress> address, int port, IOException failure) {
        return new Finding(
                Finding.Severity.ERROR,
                kind + " port " + port
                        + address.map(one -> " of " + one.getHostAddress()).orElse(""),
                "the server cannot listen there: " + Reason.of(failure) + ".",
                "Stop the other program that has the port, or choose another " + option
                        + " in config.txt; ports below 1024 need special rights"
                        + (address.isPresent() ? "; see that bind_address is this machine's." : "."));
    }
}
