package org.confmail.server.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A DNS server on a loopback UDP port that knows some TXT records. */
final class DnsServer implements AutoCloseable {
    private static final int NO_NAME = 3;

    final Map<String, List<String[]>> records = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile boolean silent;
    private final DatagramSocket socket;

    DnsServer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::serve);
    }

    String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(buffer);
                if (!silent) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                return; // closed: the test is over
            }
        }
    }

    private byte[] answer(byte[] question) {
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (question[at] != 0) {
            name.append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII))
                    .append('.');
            at += question[at] + 1;
        }
        at += 5;
        asked.add(name.toString());
        List<String[]> found = records.get(name.toString());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(question, 0, 2);
        answer.write(0x81);
        answer.write(0x80 | (found == null ? NO_NAME : 0));
        answer.writeBytes(new byte[] {0, 1, 0, (byte) (found == null ? 0 : found.size()), 0, 0, 0, 0});
        answer.write(question, 12, at - 12);
        for (String[] strings : found == null ? List.<String[]>of() : found) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            for (String text : strings) {
                data.write(text.length());
                data.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            }
            answer.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60});
            answer.write(data.size() >> 8);
            answer.write(data.size());
            answer.writeBytes(data.toByteArray());
        }
        return answer.toByteArray();
    }
}
