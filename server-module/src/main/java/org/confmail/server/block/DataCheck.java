package org.confmail.server.block;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.ProofOfWork.Work;

/**
 * Checks the bytes of one data block while they pass: the key is their SHA-1, and the proof of work covers them. Belongs to one
 * thread at a time, but for {@link #streams}.
 */
public final class DataCheck {
    private final DataHeader header;
    private final Stream key = new Stream(Key.sha1Digest());
    private final List<Stream> nonces = new ArrayList<>();

    /** One hash over the bytes. Independent of the others, so that each may have a thread of its own. */
    public static final class Stream {
        private final MessageDigest digest;
        private long bytes;

        private Stream(MessageDigest digest) {
            this.digest = digest;
        }

        /** Takes the next bytes into this hash. */
        public void update(byte[] buffer, int offset, int length) {
            digest.update(buffer, offset, length);
            bytes += length;
        }
    }

    DataCheck(DataHeader header) {
        this.header = header;
        for (MessageDigest hash : header.proof().hashes()) {
            hash.update(header.dateText());
            nonces.add(new Stream(hash));
        }
    }

    /** Takes the next bytes into all hashes. */
    public void update(byte[] buffer, int offset, int length) {
        key.update(buffer, offset, length);
        for (Stream nonce : nonces) {
            nonce.update(buffer, offset, length);
        }
    }

    /** All hashes, for a caller who feeds every one of them himself instead of calling {@link #update}. */
    public List<Stream> streams() {
        List<Stream> streams = new ArrayList<>(nonces);
        streams.add(key);
        return streams;
    }

    /** After the last byte, once: why the block is invalid, or empty if it is valid. */
    public Optional<String> finish(Key expected) {
        for (Stream stream : streams()) {
            if (stream.bytes != header.length()) {
                return Optional.of(stream.bytes + " of " + header.length() + " bytes of data");
            }
        }
        if (!Key.of(key.digest.digest()).equals(expected)) {
            return Optional.of("data does not hash to its key");
        }
        List<byte[]> digests = new ArrayList<>(nonces.size());
        for (Stream nonce : nonces) {
            digests.add(nonce.digest.digest());
        }
        Work work = ProofOfWork.work(digests);
        return work.meets(header.requiredWork())
                ? Optional.empty()
                : Optional.of("proof of work shows " + work + ", required are " + header.requiredWork());
    }
}
