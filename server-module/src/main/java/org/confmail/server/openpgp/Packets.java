package org.confmail.server.openpgp;

import java.util.Arrays;

/**
 * Walks over the packets of a key or a signature (RFC 4880 section 4.2), and refuses those that may not be there, or that are
 * larger than any honest one, by their headers alone. Belongs to one thread.
 */
final class Packets {
    static final int SIGNATURE = 2;
    static final int PRIMARY_KEY = 6;
    static final int SUBKEY = 14;
    static final int USER_ID = 13;
    static final int USER_ATTRIBUTE = 17;

    /** A DSA key of 3072 bits has 1,200 bytes, an ElGamal one of 4096 bits 1,550. */
    static final int KEY_BYTES_MAX = 4096;
    /** As much as GnuPG takes. */
    static final int USER_ID_BYTES_MAX = 2048;
    /** One by RSA of 4096 bits that binds a signing subkey has 1,200 bytes; notations and policies come on top. */
    static final int SIGNATURE_BYTES_MAX = 16 * 1024;
    /** A photo. GnuPG warns of more than 6 KiB. */
    static final int USER_ATTRIBUTE_BYTES_MAX = 64 * 1024;
    /** A key that some hundreds of people have certified. */
    static final int PACKETS_MAX = 1000;

    private final byte[] source;
    private int next;
    private int count;
    private int tag;
    private int from;

    Packets(byte[] source) {
        this.source = source;
    }

    /** Goes to the next packet; false at the end. */
    boolean next() throws OpenPgpException {
        if (next == source.length) {
            return false;
        }
        if (++count > PACKETS_MAX) {
            throw new OpenPgpException("more than " + PACKETS_MAX + " packets");
        }
        int header = octet();
        if ((header & 0x80) == 0) {
            throw new OpenPgpException("no packet begins with octet " + header);
        }
        boolean newFormat = (header & 0x40) != 0;
        tag = newFormat ? header & 0x3f : (header & 0x3c) >> 2;
        long length = newFormat ? newLength() : oldLength(header & 3);
        int max = max(tag);
        if (length > max) {
            throw new OpenPgpException("packet of type " + tag + " has " + length + " bytes, allowed are " + max);
        }
        if (length > source.length - next) {
            throw new OpenPgpException("packet of type " + tag + " is cut off");
        }
        from = next;
        next += (int) length;
        return true;
    }

    /** Compressed, encrypted and literal data, nested messages and secret keys have no place in what is read here. */
    private static int max(int tag) throws OpenPgpException {
        return switch (tag) {
            case PRIMARY_KEY, SUBKEY -> KEY_BYTES_MAX;
            case USER_ID -> USER_ID_BYTES_MAX;
            case SIGNATURE -> SIGNATURE_BYTES_MAX;
            case USER_ATTRIBUTE -> USER_ATTRIBUTE_BYTES_MAX;
            default -> throw new OpenPgpException("packet of type " + tag + " where none may be");
        };
    }

    private long newLength() throws OpenPgpException {
        int first = octet();
        if (first < 192) {
            return first;
        }
        if (first < 224) {
            return ((first - 192) << 8) + octet() + 192L;
        }
        if (first < 255) {
            throw new OpenPgpException("packet of partial lengths"); // allowed in data packets only
        }
        return number(4);
    }

    private long oldLength(int type) throws OpenPgpException {
        if (type == 3) {
            throw new OpenPgpException("packet of indeterminate length");
        }
        return number(1 << type);
    }

    private long number(int octets) throws OpenPgpException {
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = number << 8 | octet();
        }
        return number;
    }

    private int octet() throws OpenPgpException {
        if (next == source.length) {
            throw new OpenPgpException("packet header is cut off");
        }
        return source[next++] & 0xff;
    }

    int tag() {
        return tag;
    }

    /** What the packet holds, without its header. */
    byte[] body() {
        return Arrays.copyOfRange(source, from, next);
    }

    /** A packet of these contents. */
    static byte[] encode(int tag, byte[] body) {
        byte[] packet = new byte[body.length + 6];
        packet[0] = (byte) (0xc0 | tag);
        packet[1] = (byte) 0xff;
        packet[2] = (byte) (body.length >> 24);
        packet[3] = (byte) (body.length >> 16);
        packet[4] = (byte) (body.length >> 8);
        packet[5] = (byte) body.length;
        System.arraycopy(body, 0, packet, 6, body.length);
        return packet;
    }
}
