package org.confmail.server.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Says hello as an old client does, byte for byte, and reads the server's first flight. The JDK's own client cannot offer what
 * a server must refuse.
 */
final class RawHello {
    static final int TLS_1_1 = 0x0302;
    static final int TLS_1_2 = 0x0303;

    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int SERVER_HELLO_DONE = 14;

    private RawHello() {}

    /**
     * How the server answered.
     *
     * @param alert the alert's description, or -1
     * @param suite the chosen cipher suite, or -1
     * @param keyExchange the body of the ServerKeyExchange, where there was one
     */
    record Answer(int alert, int suite, Optional<byte[]> keyExchange) {
        /** The prime of a DHE key exchange. */
        BigInteger dhPrime() {
            ByteBuffer body = ByteBuffer.wrap(keyExchange.orElseThrow());
            byte[] prime = new byte[body.getShort()];
            body.get(prime);
            return new BigInteger(1, prime);
        }
    }

    /** A hello like that of OpenSSL 1.0: no server name, no TLS 1.3, the curve P-256. */
    static Answer say(int port, int version, int... suites) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(hello(version, suites));
            return answer(new DataInputStream(socket.getInputStream()));
        }
    }

    private static byte[] hello(int version, int... suites) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(version);
        out.write(new byte[32]);
        out.writeByte(0); // no session
        out.writeShort(2 * suites.length);
        for (int suite : suites) {
            out.writeShort(suite);
        }
        out.writeShort(0x0100); // no compression
        byte[] extensions = {
            0, 10, 0, 4, 0, 2, 0, 0x17, // supported groups: secp256r1
            0, 11, 0, 2, 1, 0, // point formats: uncompressed
            0, 35, 0, 0, // session ticket: none yet
            0, 13, 0, 8, 0, 6, 4, 1, 4, 3, 2, 1, // signatures: RSA and ECDSA with SHA-256, RSA with SHA-1
            0, 15, 0, 1, 1, // heartbeat
        };
        out.writeShort(extensions.length);
        out.write(extensions);
        ByteBuffer record = ByteBuffer.allocate(9 + body.size());
        record.put((byte) HANDSHAKE).putShort((short) 0x0301).putShort((short) (4 + body.size()));
        record.putInt(1 << 24 | body.size()).put(body.toByteArray());
        return record.array();
    }

    private static Answer answer(DataInputStream in) throws IOException {
        ByteArrayOutputStream handshake = new ByteArrayOutputStream();
        while (true) {
            int type = in.readUnsignedByte();
            in.readUnsignedShort(); // version
            byte[] record = new byte[in.readUnsignedShort()];
            in.readFully(record);
            if (type == ALERT) {
                return new Answer(record[1], -1, Optional.empty());
            }
            handshake.writeBytes(record);
            Optional<Answer> answer = flight(ByteBuffer.wrap(handshake.toByteArray()));
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    /** The answer in these handshake messages, empty while ServerHelloDone is missing. */
    private static Optional<Answer> flight(ByteBuffer messages) {
        int suite = -1;
        Optional<byte[]> keyExchange = Optional.empty();
        while (messages.remaining() >= 4) {
            int head = messages.getInt();
            byte[] body = new byte[head & 0xffffff];
            if (messages.remaining() < body.length) {
                return Optional.empty();
            }
            messages.get(body);
            switch (head >>> 24) {
                case SERVER_HELLO -> suite = ByteBuffer.wrap(body).getShort(35 + body[34]) & 0xffff;
                case SERVER_KEY_EXCHANGE -> keyExchange = Optional.of(body);
                case SERVER_HELLO_DONE -> {
                    return Optional.of(new Answer(-1, suite, keyExchange));
                }
                default -> {
                    // the certificate
                }
            }
        }
        return Optional.empty();
    }
}
