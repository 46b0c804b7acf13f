package org.confmail.server.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.MalformedMessageException;
import org.confmail.server.dht.wire.Message;
import org.confmail.server.dht.wire.MessageCodec;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;

/** Asks a node on loopback one thing again and again; what costs time is made before. Belongs to one thread. */
final class DhtClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final DatagramPacket request;
    private final DatagramPacket answer = new DatagramPacket(new byte[8192], 8192);

    /** @param sender in whose name it asks: that of a node which is known, so that it is not pinged */
    DhtClient(int port, Key sender, Query query) throws IOException {
        byte[] bytes = MessageCodec.encode(new Message.Request(key(new Random(port)), sender, query));
        request = new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static Key key(Random random) {
        byte[] bytes = new byte[Key.BYTES];
        random.nextBytes(bytes);
        return Key.of(bytes);
    }

    /** Asks, and waits for the answer. */
    void exchange() throws IOException {
        socket.send(request);
        socket.receive(answer);
    }

    /** How many contacts the last answer names. */
    int contacts() throws IOException {
        try {
            Message message = MessageCodec.decode(Arrays.copyOf(answer.getData(), answer.getLength()));
            return message instanceof Message.Response(var _, var _, Result.Contacts(var contacts))
                    ? contacts.size()
                    : 0;
        } catch (MalformedMessageException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
