package org.confmail.server.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;

/**
 * A valid block for the load.
 *
 * @param stored as the store keeps it, which is what a reference writes
 * @param sent as a client posts and gets it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BenchBlock(Key key, byte[] stored, byte[] sent) {
    static final int DATA_BYTES = 8 << 20;

    /** An announcement of message {@code number} in the mailbox of {@code recipient}, some 300 bytes. */
    static BenchBlock announcement(String recipient, int number, Instant date) {
        String hash = Blocks.hash("message " + number);
        return text(
                Blocks.mailbox(recipient, "0"),
                Blocks.announcement(recipient, "0", hash, date, List.of(Blocks.hash("data of " + hash))));
    }

    static BenchBlock acknowledgment(int number, Instant date) {
        String hash = Blocks.hash("acknowledged " + number);
        return text(Key.sha1(HexFormat.of().parseHex(hash)), Blocks.acknowledgment(hash, date));
    }

    /** The same, of which the key lies in one of 256 leaves. */
    static BenchBlock acknowledgmentInFewLeaves(int number, Instant date) {
        for (int i = 0; ; i++) {
            String hash = Blocks.hash("acknowledged " + number + " in few leaves, " + i);
            Key key = Key.sha1(HexFormat.of().parseHex(hash));
            if ((key.at(0) | key.at(1)) < 16) {
                return text(key, Blocks.acknowledgment(hash, date));
            }
        }
    }

    /** A data block of the largest size, with random bytes. */
    static BenchBlock data(int number, Instant date) {
        byte[] data = new byte[DATA_BYTES];
        new Random(number).nextBytes(data);
        String header = Blocks.dataHeader(data, date) + "Data: " + data.length + "\n";
        return new BenchBlock(
                Key.sha1(data),
                joined(Blocks.bytes(header), data),
                joined(Blocks.bytes(header.replace("\n", "\r\n")), data));
    }

    /** The whole STORE of this block. */
    byte[] storeRequest() {
        return storeRequest("SERVER");
    }

    /** @param where SERVER or ENTANGLED */
    byte[] storeRequest(String where) {
        return joined(Blocks.bytes("STORE " + where + " " + key + "\r\n"), sent);
    }

    /** What a whole STORE SERVER holds, taken as it is. */
    static BenchBlock ofStoreRequest(byte[] request) {
        int key = "STORE SERVER ".length();
        int body = key + Key.HEX_DIGITS + "\r\n".length();
        byte[] sent = Arrays.copyOfRange(request, body, request.length);
        String digits = new String(request, key, Key.HEX_DIGITS, StandardCharsets.ISO_8859_1);
        return new BenchBlock(Key.parse(digits).orElseThrow(), sent, sent);
    }

    private static BenchBlock text(Key key, String text) {
        return new BenchBlock(key, Blocks.bytes(text), Blocks.bytes(text.replace("\n", "\r\n") + "EndBlock\r\n"));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(one.length + other.length);
        all.writeBytes(one);
        all.writeBytes(other);
        return all.toByteArray();
    }
}
