package org.confmail.server.delivery.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.confmail.shared.config.HostPort;

/** A SOCKS 5 proxy on a loopback port that remembers what it was asked for, and connects to one loopback port whatever that was. */
final class RecordingSocks implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Manner manner;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** How the proxy behaves: what it does with logins, and the code that it answers. */
    record Manner(boolean takesLogins, boolean refusesLogins, boolean onlyLogins, int reply) {
        static final Manner TOR = new Manner(true, false, false, 0);
        static final Manner WITHOUT_LOGINS = new Manner(false, false, false, 0);
        static final Manner REFUSING_LOGINS = new Manner(true, true, false, 0);
        static final Manner DEMANDING_LOGINS = new Manner(false, false, true, 0);

        static Manner replying(int code) {
            return new Manner(false, false, false, code);
        }
    }

    /** @param login user and password, or empty */
    record Request(int type, String host, int port, String login) {}

    RecordingSocks(int target, Manner manner) throws IOException {
        this.target = target;
        this.manner = manner;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    HostPort address() {
        return new HostPort("127.0.0.1", listener.getLocalPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return; // closed: the test is over
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            in.read();
            byte[] methods = in.readNBytes(in.read());
            boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
            if (manner.onlyLogins()) {
                out.write(new byte[] {5, (byte) 0xff});
                return;
            }
            String login = "";
            if (offered && manner.takesLogins()) {
                out.write(new byte[] {5, 2});
                in.read();
                login = text(in) + " " + text(in);
                out.write(new byte[] {1, (byte) (manner.refusesLogins() ? 1 : 0)});
                if (manner.refusesLogins()) {
                    return;
                }
            } else {
                out.write(new byte[] {5, 0});
            }
            in.readNBytes(3);
            requests.add(request(in, login));
            if (manner.reply() != 0) {
                out.write(new byte[] {5, (byte) manner.reply()});
                return;
            }
            out.write(new byte[] {5, 0, 0, 3, 4, 'n', 'a', 'm', 'e', 0, 0});
            relay(client);
        } catch (IOException e) {
            // the other side went away
        }
    }

    private static Request request(InputStream in, String login) throws IOException {
        int type = in.read();
        String host = switch (type) {
            case 1 -> Inet4Address.getByAddress(in.readNBytes(4)).getHostAddress();
            case 4 -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
            default -> text(in);
        };
        return new Request(type, host, (in.read() << 8) + in.read(), login);
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readNBytes(in.read()), StandardCharsets.ISO_8859_1);
    }

    private void relay(Socket client) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            Thread back = Thread.startVirtualThread(() -> {
                try (client) {
                    server.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                    // one side went away
                }
            });
            client.getInputStream().transferTo(server.getOutputStream());
            server.shutdownOutput();
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
