package org.confmail.server.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.confmail.server.openpgp.PublicKey.SelfSignature;
import org.confmail.server.openpgp.PublicKey.Subkey;

/**
 * One verification of a clear-signed text by a key, and of what the key says about itself, as GnuPG does it: a key that its
 * owner revoked is revoked, whenever the signature was made; of several statements about its lifetime and use the newest
 * counts; a subkey signs only if key and subkey signed for each other. PROTOCOL section 5. Belongs to one thread.
 */
public final class Verification {
    /** A text by a signing subkey needs four; some more for a key that was revoked, or whose newest statement is spoilt. */
    static final int CHECKS_MAX = 8;
    /** How far ahead of ours the clock may go that a key was made by; PROTOCOL section 16 allows a Date as much. */
    private static final Duration CLOCK_SKEW_MAX = Duration.ofHours(24);

    private static final Comparator<SignaturePacket> BY_DATE = Comparator.comparing(SignaturePacket::created);

    private final PublicKey key;
    private final Instant now;
    private final Map<KeyPacket, KeyVerifier> verifiers = new HashMap<>();
    private final boolean keyInText;
    /** Whether the primary key signed the text and with it all that the key says about itself. */
    private boolean vouchedFor;

    private int checks;

    private Verification(PublicKey key, Instant now, boolean keyInText) {
        this.key = key;
        this.now = now;
        this.keyInText = keyInText;
    }

    /** Whether {@code key} made the signature of {@code text}, and is in force at {@code now}. */
    public static Verdict verify(ClearSigned text, PublicKey key, Instant now) {
        return verify(text, new Verification(key, now, false));
    }

    /**
     * As {@link #verify}, for a text that holds the key itself. Where the primary key made the signature of the text, what the key
     * says about itself is not verified once more, which would cost as much again: whoever made that signature could have made
     * those as well, and nobody else can have changed them.
     */
    public static Verdict verifyWithKeyInText(ClearSigned text, PublicKey key, Instant now) {
        return verify(text, new Verification(key, now, true));
    }

    private static Verdict verify(ClearSigned text, Verification verification) {
        try {
            return verification.verdict(text);
        } catch (OpenPgpException e) {
            return new Verdict.Bad(e.reason());
        }
    }

    private Verdict verdict(ClearSigned text) throws OpenPgpException {
        SignaturePacket signature = text.signature();
        Optional<Subkey> subkey = key.subkey(signature);
        boolean byPrimary = signature.isBy(key.primary());
        if (!byPrimary && subkey.isEmpty()) {
            return new Verdict.UnknownSigner();
        }
        KeyPacket signer = byPrimary ? key.primary() : subkey.orElseThrow().key();
        requireTextSignature(text, signature);
        byte[] signed = text.signedBytes();
        if (!isMade(signature, signer, bc -> {
            bc.update(signed);
            return bc.verify();
        })) {
            return new Verdict.Bad("signature does not match the text");
        }
        if (signature.created().isBefore(signer.created())) {
            return new Verdict.Bad("signature is older than its key");
        }
        if (signer.created().isAfter(now.plus(CLOCK_SKEW_MAX))) {
            return new Verdict.Bad("key was made in the future");
        }
        vouchedFor = keyInText && byPrimary;
        Optional<Verdict> weak = weakness(signature.expires(), "signature");
        if (weak.isEmpty()) {
            weak = primaryWeakness(byPrimary);
        }
        if (weak.isEmpty() && !byPrimary) {
            weak = subkeyWeakness(subkey.orElseThrow());
        }
        return weak.orElseGet(Verdict.Good::new);
    }

    private static void requireTextSignature(ClearSigned text, SignaturePacket signature) throws OpenPgpException {
        if (signature.type() != SignaturePacket.TEXT) {
            throw new OpenPgpException("signature of type " + signature.type() + " under a text");
        }
        Digest digest = signature
                .digest()
                .filter(Digest::mayBeOfText)
                .orElseThrow(() -> new OpenPgpException("signature with a digest that is too weak or unknown"));
        if (!text.names(digest)) {
            throw new OpenPgpException("no Hash header names " + digest);
        }
    }

    /** Why the primary key is not in force, or may not sign where it did. */
    private Optional<Verdict> primaryWeakness(boolean signs) throws OpenPgpException {
        KeyPacket primary = key.primary();
        for (SelfSignature candidate : key.selfSignatures()) {
            if (candidate.signature().type() == SignaturePacket.KEY_REVOCATION
                    && isMade(
                            candidate.signature(),
                            primary,
                            bc -> bc.verifyCertification(verifier(primary).bouncyCastle()))) {
                return Optional.of(new Verdict.Revoked("key is revoked"));
            }
        }
        Optional<SignaturePacket> newest = newestSelfSignature();
        if (newest.isEmpty()) {
            return Optional.of(new Verdict.Bad("key has no valid signature of its own"));
        }
        if (signs && !newest.get().allowsSigning()) {
            return Optional.of(new Verdict.Bad("primary key may not sign texts"));
        }
        return weakness(newest.get().keyExpires(primary.created()), "key");
    }

    /** The newest valid statement of the primary key about itself. Whether a user id is revoked does not matter here. */
    private Optional<SignaturePacket> newestSelfSignature() throws OpenPgpException {
        List<SelfSignature> candidates = new ArrayList<>();
        for (SelfSignature candidate : key.selfSignatures()) {
            SignaturePacket signature = candidate.signature();
            boolean aboutKey = signature.type() == SignaturePacket.DIRECT_KEY && candidate.userId() == null;
            boolean aboutUserId = signature.isCertification() && candidate.userId() != null;
            if ((aboutKey || aboutUserId) && isInForce(signature)) {
                candidates.addFirst(candidate); // of two of one second the later counts
            }
        }
        candidates.sort(Comparator.comparing(SelfSignature::signature, BY_DATE).reversed());
        KeyPacket primary = key.primary();
        for (SelfSignature candidate : candidates) {
            byte[] userId = candidate.userId();
            if (isMade(
                    candidate.signature(),
                    primary,
                    bc -> userId == null
                            ? bc.verifyCertification(verifier(primary).bouncyCastle())
                            : bc.verifyCertification(userId, verifier(primary).bouncyCastle()))) {
                return Optional.of(candidate.signature());
            }
        }
        return Optional.empty();
    }

    private Optional<Verdict> subkeyWeakness(Subkey subkey) throws OpenPgpException {
        for (SignaturePacket signature : subkey.signatures()) {
            if (signature.type() == SignaturePacket.SUBKEY_REVOCATION && binds(signature, key.primary(), subkey)) {
                return Optional.of(new Verdict.Revoked("subkey is revoked"));
            }
        }
        Optional<SignaturePacket> binding = newestBinding(subkey);
        if (binding.isEmpty()) {
            return Optional.of(new Verdict.Bad("subkey is not bound to its key"));
        }
        if (!binding.get().allowsSigning()) {
            return Optional.of(new Verdict.Bad("subkey may not sign texts"));
        }
        boolean boundBack = false;
        for (SignaturePacket back : binding.get().embedded()) {
            boundBack |= !boundBack
                    && back.type() == SignaturePacket.PRIMARY_KEY_BINDING
                    && isInForce(back)
                    && binds(back, subkey.key(), subkey);
        }
        if (!boundBack) {
            // Anybody can bind somebody else's subkey to his own key, and claim what that one signed.
            return Optional.of(new Verdict.Bad("subkey did not sign for its key"));
        }
        return weakness(binding.get().keyExpires(subkey.key().created()), "subkey");
    }

    private Optional<SignaturePacket> newestBinding(Subkey subkey) throws OpenPgpException {
        List<SignaturePacket> candidates = new ArrayList<>();
        for (SignaturePacket signature : subkey.signatures()) {
            if (signature.type() == SignaturePacket.SUBKEY_BINDING && isInForce(signature)) {
                candidates.addFirst(signature);
            }
        }
        candidates.sort(BY_DATE.reversed());
        for (SignaturePacket candidate : candidates) {
            if (binds(candidate, key.primary(), subkey)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private boolean binds(SignaturePacket signature, KeyPacket by, Subkey subkey) throws OpenPgpException {
        return isMade(
                signature,
                by,
                bc -> bc.verifyCertification(
                        verifier(key.primary()).bouncyCastle(), subkey.key().bouncyCastle()));
    }

    private boolean isInForce(SignaturePacket signature) {
        return signature.expires().filter(end -> !end.isAfter(now)).isEmpty();
    }

    private Optional<Verdict> weakness(Optional<Instant> end, String what) {
        return end.filter(then -> !then.isAfter(now)).map(then -> new Verdict.Expired(what + " expired at " + then));
    }

    /** Whether this key made this signature over what {@code covered} gives it. */
    private boolean isMade(SignaturePacket signature, KeyPacket signer, Covered covered) throws OpenPgpException {
        Optional<Digest> digest = signature.digest();
        if (signature.algorithm() != signer.algorithm()
                || signer.algorithm() == KeyAlgorithm.OTHER
                || digest.isEmpty()
                || signature.isBeyondUs()
                || !signature.hasDate()) {
            return false;
        }
        if (vouchedFor) {
            return true;
        }
        if (++checks > CHECKS_MAX) {
            throw new OpenPgpException("more than " + CHECKS_MAX + " signatures to check");
        }
        try (BCPGInputStream in = new BCPGInputStream(new ByteArrayInputStream(signature.packet()))) {
            PGPSignature bc = new PGPSignature(in);
            verifier(signer).init(bc, digest.get());
            return covered.verifies(bc);
        } catch (IOException | PGPException | RuntimeException e) {
            return false; // numbers that are none of the algorithm's
        }
    }

    private KeyVerifier verifier(KeyPacket key) throws IOException, PGPException {
        KeyVerifier verifier = verifiers.get(key);
        if (verifier == null) {
            verifier = new KeyVerifier(key);
            verifiers.put(key, verifier);
        }
        return verifier;
    }

    /** Feeds a Bouncy Castle signature and asks it. */
    private interface Covered {
        boolean verifies(PGPSignature signature) throws PGPException, IOException;
    }
}
