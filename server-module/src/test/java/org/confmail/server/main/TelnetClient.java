package org.confmail.server.main;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client without TLS. */
final class TelnetClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    TelnetClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream());
        line(); // the greeting
    }

    /** Sends a command and returns the first line of the answer. */
    String ask(String command) throws IOException {
        return ask(command, new byte[0]);
    }

    /** Sends a command with what belongs to it and returns the first line of the answer. */
    String ask(String command, byte[] block) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(block);
        out.flush();
        return line();
    }

    /** Asks for a block and returns it as it is stored, or {@code NOT FOUND}. */
    String get(String key) throws IOException {
        StringBuilder block = new StringBuilder();
        for (String line = ask("GET SERVER " + key); !line.equals("EndBlock"); line = line()) {
            if (line.equals("NOT FOUND")) {
                return line;
            }
            block.append(line).append('\n');
            if (line.startsWith("Data: ")) {
                byte[] data = in.readNBytes(Integer.parseInt(line.substring("Data: ".length())));
                return block.append(new String(data, StandardCharsets.ISO_8859_1))
                        .toString();
            }
        }
        return block.toString();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server hung up");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
