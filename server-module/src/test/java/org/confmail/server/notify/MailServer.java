package org.confmail.server.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on a loopback port that takes every mail, or none. */
final class MailServer implements AutoCloseable {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<String> mails = new CopyOnWriteArrayList<>();
    volatile boolean refusing;
    volatile boolean silent;
    volatile boolean endless;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;

    MailServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
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
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            if (silent) {
                in.readLine();
                return;
            }
            while (endless) {
                client.getOutputStream().write(new byte[8192]);
            }
            say(client, "220 mail ESMTP");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                String verb = line.split(" ", 2)[0];
                switch (verb) {
                    case "EHLO" -> say(client, "250-mail\r\n250 AUTH PLAIN LOGIN");
                    case "AUTH" -> {
                        say(client, "334 ");
                        lines.add(in.readLine());
                        say(client, "235 welcome");
                    }
                    case "RCPT" -> say(client, refusing ? "550 no such user" : "250 ok");
                    case "DATA" -> {
                        say(client, "354 go on");
                        StringBuilder mail = new StringBuilder();
                        for (String text = in.readLine(); !".".equals(text); text = in.readLine()) {
                            mail.append(text).append('\n');
                        }
                        mails.add(mail.toString());
                        say(client, "250 queued");
                    }
                    case "QUIT" -> {
                        say(client, "221 bye");
                        return;
                    }
                    default -> say(client, "250 ok");
                }
            }
        } catch (IOException e) {
            // the client went away
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
