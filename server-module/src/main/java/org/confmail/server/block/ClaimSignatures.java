package org.confmail.server.block;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.confmail.server.openpgp.ClearSigned;
import org.confmail.server.openpgp.OpenPgpException;
import org.confmail.server.openpgp.PublicKey;
import org.confmail.server.openpgp.Verdict;
import org.confmail.server.openpgp.Verification;

/**
 * Refuses the claims of one post whose signature is proven not to be good. A claim of a key that is not known, or by a subkey that
 * the known key does not have (clients change them, and replication has no order), is taken without proof. PROTOCOL section 16.
 */
final class ClaimSignatures {
    /** Of one post, in which an existing client has one; each costs up to some milliseconds. */
    private static final int CHECKS_MAX = 32;
    /** Of one post; each opens a file. Only what comes by the DHT has claims of several owners. */
    private static final int OWNERS_MAX = 256;

    private final KnownKeys known;
    private final Instant now;
    private final Map<Key, Optional<PublicKey>> keys = new HashMap<>();
    private int checks;

    ClaimSignatures(KnownKeys known, Instant now) {
        this.known = known;
        this.now = now;
    }

    void require(ClaimRules.Claim claim) throws InvalidBlock {
        Key owner = claim.entry().id();
        if (checks == CHECKS_MAX || (keys.size() == OWNERS_MAX && !keys.containsKey(owner))) {
            throw new InvalidBlock("too many claims in one post");
        }
        Optional<PublicKey> key = keys.computeIfAbsent(owner, this::lookUp);
        if (key.isEmpty()) {
            return;
        }
        checks++;
        Verdict verdict = Verification.verify(claim.signed(), key.get(), now);
        if (!(verdict instanceof Verdict.UnknownSigner)) {
            SignedText.requireGood(verdict);
        }
    }

    private Optional<PublicKey> lookUp(Key owner) {
        Optional<byte[]> text = known.announcement(owner);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            PublicKey key = PublicKey.in(ClearSigned.parse(text.get(), 0, text.get().length));
            return Key.of(key.fingerprint()).equals(owner) ? Optional.of(key) : Optional.empty();
        } catch (OpenPgpException _) {
            return Optional.empty(); // an old server may have stored what this one would not take
        }
    }
}
