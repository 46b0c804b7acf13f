package org.confmail.server.admin;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminJson;
import tools.jackson.databind.JsonNode;

/** A client of the admin socket that may send anything. */
final class RawAdmin implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader lines;

    RawAdmin(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Says that nothing more is sent. */
    void end() throws IOException {
        channel.shutdownOutput();
    }

    /** The next line. */
    JsonNode next() throws IOException, AdminException {
        String line = lines.readLine();
        if (line == null) {
            throw new EOFException("hung up");
        }
        return AdminJson.parse(line);
    }

    /** Sends a line and returns the word of the error that comes back. */
    String error(String line) throws IOException, AdminException {
        send(line + "\n");
        return next().path("error").path("data").path("word").asString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
