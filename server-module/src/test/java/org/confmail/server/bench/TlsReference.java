package org.confmail.server.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.confmail.server.net.TlsException;
import org.confmail.server.net.TlsIdentity;
import org.confmail.server.net.TlsServer;

/**
 * What TLS alone costs: a process that answers requests of a fixed size with answers of a fixed size from memory, on the same
 * kind of sockets and threads as the server, read from as the JDK reads, and does nothing else. A client says the two sizes first.
 * With a directory, each request is a whole STORE, and is kept in a file there before it is answered: what the files cost on top.
 */
final class TlsReference {
    /** The line that says the port; what follows it. */
    static final String READY = "reference on port ";

    private static final int RECORD_BYTES = 16384;
    private static final int ANSWER_BYTES_MAX = 16 << 20;

    private TlsReference() {}

    /** @param arguments the files of the key and of the certificate, and the directory where there is to be one */
    public static void main(String[] arguments) throws IOException, TlsException {
        TlsServer tls = new TlsServer(TlsIdentity.load(Path.of(arguments[0]), Path.of(arguments[1])));
        Optional<FileWork> files =
                arguments.length > 2 ? Optional.of(new FileWork(Path.of(arguments[2]))) : Optional.empty();
        // As the server, which stores on threads of the system.
        Thread.Builder threads = files.isPresent() ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        System.out.println(READY + listener.socket().getLocalPort());
        while (true) {
            SocketChannel accepted = listener.accept();
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            threads.start(() -> serve(tls, accepted, files));
        }
    }

    static int port(MeasuredProcess process) {
        String line = process.readyLine();
        return Integer.parseInt(line.substring(line.indexOf(READY) + READY.length()));
    }

    private static void serve(TlsServer tls, SocketChannel accepted, Optional<FileWork> files) {
        try (SSLSocket socket = tls.upgrade(accepted.socket(), InputStream.nullInputStream())) {
            InputStream in = socket.getInputStream();
            DataInputStream sizes = new DataInputStream(in);
            byte[] request = new byte[Math.min(sizes.readInt(), RECORD_BYTES)];
            byte[] answer = new byte[Math.min(sizes.readInt(), ANSWER_BYTES_MAX)];
            System.arraycopy(TlsClient.DONE, 0, answer, 0, Math.min(TlsClient.DONE.length, answer.length));
            OutputStream out = socket.getOutputStream();
            while (in.readNBytes(request, 0, request.length) == request.length) {
                if (files.isPresent()) {
                    files.get().save(BenchBlock.ofStoreRequest(request));
                }
                for (int sent = 0; sent < answer.length; sent += RECORD_BYTES) {
                    out.write(answer, sent, Math.min(RECORD_BYTES, answer.length - sent));
                }
                out.flush();
            }
        } catch (IOException e) {
            // the client has gone
        }
    }
}
