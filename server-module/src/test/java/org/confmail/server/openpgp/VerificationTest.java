package org.confmail.server.openpgp;

import static org.confmail.server.openpgp.TestKey.join;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.confmail.server.block.Blocks;
import org.junit.jupiter.api.Test;

/** What a key may say about itself, and what somebody else may not say about it. Keys that GnuPG would not make. */
class VerificationTest {
    private static final Instant NOW = Fixtures.NOW;
    private static final Instant MADE = TestKey.MADE;
    private static final Instant LATER = MADE.plus(Duration.ofDays(1));
    private static final TestKey KEY = TestKey.named("owner");
    private static final TestKey SUBKEY = TestKey.named("subkey");
    private static final TestKey OTHER = TestKey.named("other");
    private static final Verdict GOOD = new Verdict.Good();

    private static Verdict verdict(TestKey signer, byte[]... packets) {
        return verdict(signer.clearSign("text\n"), packets);
    }

    private static Verdict verdict(String signed, byte[]... packets) {
        try {
            return Verification.verify(Fixtures.signed(signed), PublicKey.read(join(packets)), NOW);
        } catch (OpenPgpException e) {
            throw new AssertionError(e);
        }
    }

    private static void nothing(PGPSignatureSubpacketGenerator more) {}

    private static Verdict bad(String reason) {
        return new Verdict.Bad(reason);
    }

    @Test
    void keyWithItsOwnSignatureIsGood() {
        assertEquals(GOOD, verdict(KEY, KEY.key()));
        assertEquals(GOOD, verdict(KEY, KEY.primaryPacket(), KEY.aboutKey(PGPSignature.DIRECT_KEY, MADE)));
    }

    @Test
    void keyWithoutAValidSignatureOfItsOwnIsNone() {
        Verdict none = bad("key has no valid signature of its own");
        assertEquals(none, verdict(KEY, KEY.primaryPacket(), KEY.userIdPacket()));
        assertEquals(
                none,
                verdict(
                        KEY,
                        KEY.primaryPacket(),
                        OTHER.userIdPacket(),
                        OTHER.selfSignature(MADE, VerificationTest::nothing),
                        KEY.selfSignature(MADE, VerificationTest::nothing)));
        assertEquals(none, verdict(KEY, KEY.primaryPacket(), KEY.selfSignature(MADE, VerificationTest::nothing)));
        assertEquals(
                none,
                verdict(
                        KEY,
                        KEY.primaryPacket(),
                        KEY.userIdPacket(),
                        KEY.selfSignature(MADE, more -> more.setSignatureExpirationTime(false, 60))));
    }

    @Test
    void newestStatementCounts() {
        byte[] shortLived = KEY.selfSignature(MADE, more -> more.setKeyExpirationTime(false, 60));
        byte[] endless = KEY.selfSignature(LATER, VerificationTest::nothing);
        byte[] spoilt = KEY.selfSignature(LATER.plusSeconds(1), more -> more.setKeyExpirationTime(false, 60));
        spoilt[spoilt.length - 1] ^= 1;
        byte[] first = join(KEY.primaryPacket(), KEY.userIdPacket());
        Verdict expired = new Verdict.Expired("key expired at " + MADE.plusSeconds(60));
        assertEquals(expired, verdict(KEY, first, shortLived));
        assertEquals(GOOD, verdict(KEY, first, shortLived, endless));
        assertEquals(GOOD, verdict(KEY, first, endless, shortLived));
        assertEquals(GOOD, verdict(KEY, first, shortLived, endless, spoilt));
        byte[] sameSecond = KEY.selfSignature(MADE, VerificationTest::nothing);
        assertEquals(GOOD, verdict(KEY, first, shortLived, sameSecond));
        assertEquals(expired, verdict(KEY, first, sameSecond, shortLived));
    }

    @Test
    void onlyTheOwnerRevokes() {
        byte[] byOwner = KEY.aboutKey(PGPSignature.KEY_REVOCATION, LATER);
        byte[] spoilt = byOwner.clone();
        spoilt[spoilt.length - 1] ^= 1;
        byte[] byAnother = OTHER.aboutKey(PGPSignature.KEY_REVOCATION, LATER);
        byte[] rest = join(KEY.userIdPacket(), KEY.selfSignature(LATER, VerificationTest::nothing));
        assertEquals(new Verdict.Revoked("key is revoked"), verdict(KEY, KEY.primaryPacket(), byOwner, rest));
        assertEquals(GOOD, verdict(KEY, KEY.primaryPacket(), spoilt, rest));
        assertEquals(GOOD, verdict(KEY, KEY.primaryPacket(), byAnother, rest));
    }

    @Test
    void keyThatMayOnlyCertifyDoesNotSign() {
        byte[] flags = KEY.selfSignature(MADE, more -> more.setKeyFlags(false, KeyFlags.CERTIFY_OTHER));
        assertEquals(
                bad("primary key may not sign texts"), verdict(KEY, KEY.primaryPacket(), KEY.userIdPacket(), flags));
    }

    @Test
    void demandsThatAreNotUnderstoodMakeAStatementVoid() {
        byte[] demanding = KEY.selfSignature(
                LATER, more -> more.addCustomSubpacket(new SignatureSubpacket(101, true, false, new byte[] {1}) {}));
        byte[] suggesting = KEY.selfSignature(
                LATER, more -> more.addCustomSubpacket(new SignatureSubpacket(101, false, false, new byte[] {1}) {}));
        byte[] first = join(KEY.primaryPacket(), KEY.userIdPacket());
        assertEquals(bad("key has no valid signature of its own"), verdict(KEY, first, demanding));
        assertEquals(GOOD, verdict(KEY, first, suggesting));
    }

    @Test
    void subkeySignsWhenBothSignedForEachOther() {
        byte[] back = SUBKEY.aboutSubkey(PGPSignature.PRIMARYKEY_BINDING, MADE, KEY, SUBKEY, VerificationTest::nothing);
        byte[] binding = binding(MADE, KeyFlags.SIGN_DATA, back);
        assertEquals(GOOD, verdict(SUBKEY, KEY.key(), SUBKEY.subkeyPacket(), binding));
        assertEquals(GOOD, verdict(SUBKEY, KEY.key(), SUBKEY.subkeyPacket(), back, binding));
    }

    @Test
    void subkeyThatIsNotBoundDoesNotSign() {
        byte[] back = SUBKEY.aboutSubkey(PGPSignature.PRIMARYKEY_BINDING, MADE, KEY, SUBKEY, VerificationTest::nothing);
        byte[] otherBack =
                SUBKEY.aboutSubkey(PGPSignature.PRIMARYKEY_BINDING, MADE, OTHER, SUBKEY, VerificationTest::nothing);
        byte[] spoilt = binding(MADE, KeyFlags.SIGN_DATA, back);
        spoilt[spoilt.length - 1] ^= 1;
        Verdict unbound = bad("subkey is not bound to its key");
        Verdict oneWay = bad("subkey did not sign for its key");
        assertEquals(unbound, verdict(SUBKEY, KEY.key(), SUBKEY.subkeyPacket()));
        assertEquals(unbound, verdict(SUBKEY, KEY.key(), SUBKEY.subkeyPacket(), spoilt));
        assertEquals(
                unbound,
                verdict(
                        SUBKEY,
                        KEY.key(),
                        SUBKEY.subkeyPacket(),
                        OTHER.aboutSubkey(PGPSignature.SUBKEY_BINDING, MADE, KEY, SUBKEY, VerificationTest::nothing)));
        // Somebody takes another's subkey for his own.
        assertEquals(
                oneWay,
                verdict(SUBKEY, KEY.key(), SUBKEY.subkeyPacket(), binding(MADE, KeyFlags.SIGN_DATA, otherBack)));
        assertEquals(
                oneWay,
                verdict(
                        SUBKEY,
                        KEY.key(),
                        SUBKEY.subkeyPacket(),
                        KEY.aboutSubkey(PGPSignature.SUBKEY_BINDING, MADE, KEY, SUBKEY, VerificationTest::nothing)));
        assertEquals(
                bad("subkey may not sign texts"),
                verdict(SUBKEY, KEY.key(), SUBKEY.subkeyPacket(), binding(MADE, KeyFlags.ENCRYPT_COMMS, back)));
    }

    @Test
    void subkeyIsAsGoodAsItsKey() {
        byte[] back = SUBKEY.aboutSubkey(PGPSignature.PRIMARYKEY_BINDING, MADE, KEY, SUBKEY, VerificationTest::nothing);
        byte[] bound = join(SUBKEY.subkeyPacket(), binding(MADE, KeyFlags.SIGN_DATA, back));
        byte[] selfSigned = join(KEY.userIdPacket(), KEY.selfSignature(MADE, VerificationTest::nothing));
        assertEquals(
                new Verdict.Revoked("key is revoked"),
                verdict(
                        SUBKEY,
                        KEY.primaryPacket(),
                        KEY.aboutKey(PGPSignature.KEY_REVOCATION, MADE),
                        selfSigned,
                        bound));
        assertEquals(
                new Verdict.Expired("key expired at " + MADE.plusSeconds(60)),
                verdict(
                        SUBKEY,
                        KEY.primaryPacket(),
                        KEY.userIdPacket(),
                        KEY.selfSignature(MADE, more -> more.setKeyExpirationTime(false, 60)),
                        bound));
        assertEquals(
                new Verdict.Revoked("subkey is revoked"),
                verdict(
                        SUBKEY,
                        KEY.key(),
                        bound,
                        KEY.aboutSubkey(PGPSignature.SUBKEY_REVOCATION, MADE, KEY, SUBKEY, VerificationTest::nothing)));
        assertEquals(
                GOOD,
                verdict(
                        SUBKEY,
                        KEY.key(),
                        bound,
                        OTHER.aboutSubkey(
                                PGPSignature.SUBKEY_REVOCATION, MADE, KEY, SUBKEY, VerificationTest::nothing)));
    }

    @Test
    void signatureOlderThanItsKeyIsBad() {
        assertEquals(
                bad("signature is older than its key"), verdict(KEY.clearSign("x\n", MADE.minusSeconds(1)), KEY.key()));
    }

    @Test
    void keyFromTheFutureIsBad() throws OpenPgpException {
        ClearSigned signed = Fixtures.signed(KEY.clearSign("x\n"));
        PublicKey key = PublicKey.read(KEY.key());
        assertEquals(GOOD, Verification.verify(signed, key, MADE.minus(Duration.ofHours(24))));
        assertEquals(
                bad("key was made in the future"),
                Verification.verify(
                        signed, key, MADE.minus(Duration.ofHours(24)).minusSeconds(1)));
    }

    @Test
    void signaturesThatDoNotVerifyAreCheckedAFewTimesOnly() {
        byte[] spoilt = KEY.selfSignature(LATER, VerificationTest::nothing);
        spoilt[spoilt.length - 1] ^= 1;
        byte[] good = KEY.selfSignature(MADE, VerificationTest::nothing);
        byte[][] packets = new byte[Verification.CHECKS_MAX + 1][];
        Arrays.fill(packets, spoilt);
        packets[0] = join(KEY.primaryPacket(), KEY.userIdPacket());
        assertEquals(bad("more than 8 signatures to check"), verdict(KEY, join(packets), good));
        assertEquals(GOOD, verdict(KEY, join(Arrays.copyOf(packets, Verification.CHECKS_MAX - 1)), good));
    }

    @Test
    void whatThePrimaryKeySignedWithTheTextNeedsNoOtherProof() throws OpenPgpException {
        byte[] spoilt = KEY.selfSignature(MADE, VerificationTest::nothing);
        spoilt[spoilt.length - 1] ^= 1;
        byte[] first = join(KEY.primaryPacket(), KEY.userIdPacket());
        Verdict none = bad("key has no valid signature of its own");
        assertEquals(none, verdict(KEY, first, spoilt));
        assertEquals(GOOD, verdictOnItsOwn(KEY, first, spoilt));
        assertEquals(none, verdictOnItsOwn(KEY, first));
        assertEquals(
                new Verdict.Expired("key expired at " + MADE.plusSeconds(60)),
                verdictOnItsOwn(KEY, first, KEY.selfSignature(MADE, more -> more.setKeyExpirationTime(false, 60))));
        assertEquals(
                new Verdict.Revoked("key is revoked"),
                verdictOnItsOwn(
                        KEY,
                        KEY.primaryPacket(),
                        KEY.aboutKey(PGPSignature.KEY_REVOCATION, LATER),
                        KEY.userIdPacket()));
        assertEquals(new Verdict.UnknownSigner(), verdictOnItsOwn(OTHER, KEY.key()));
        byte[] forged = Blocks.bytes(text(KEY, KEY.key()).replace("text\n", "test\n"));
        ClearSigned changed = ClearSigned.parse(forged, 0, forged.length);
        assertEquals(
                bad("signature does not match the text"),
                Verification.verifyWithKeyInText(changed, PublicKey.in(changed), NOW));
    }

    @Test
    void subkeyThatSignedTheTextIsProvenAsEver() throws OpenPgpException {
        byte[] back = SUBKEY.aboutSubkey(PGPSignature.PRIMARYKEY_BINDING, MADE, KEY, SUBKEY, VerificationTest::nothing);
        byte[] binding = binding(MADE, KeyFlags.SIGN_DATA, back);
        assertEquals(GOOD, verdictOnItsOwn(SUBKEY, KEY.key(), SUBKEY.subkeyPacket(), binding));
        byte[] spoilt = binding.clone();
        spoilt[spoilt.length - 1] ^= 1;
        assertEquals(
                bad("subkey is not bound to its key"),
                verdictOnItsOwn(SUBKEY, KEY.key(), SUBKEY.subkeyPacket(), spoilt));
        byte[] selfSpoilt = KEY.key();
        selfSpoilt[selfSpoilt.length - 1] ^= 1;
        assertEquals(
                bad("key has no valid signature of its own"),
                verdictOnItsOwn(SUBKEY, selfSpoilt, SUBKEY.subkeyPacket(), binding));
    }

    private static String text(TestKey signer, byte[]... packets) {
        return signer.clearSign("text\n" + TestKey.armored(join(packets)));
    }

    /** The verdict on a text that holds the key. */
    private static Verdict verdictOnItsOwn(TestKey signer, byte[]... packets) throws OpenPgpException {
        ClearSigned signed = Fixtures.signed(text(signer, packets));
        return Verification.verifyWithKeyInText(signed, PublicKey.in(signed), NOW);
    }

    private static byte[] binding(Instant date, int flags, byte[] back) {
        return KEY.aboutSubkey(PGPSignature.SUBKEY_BINDING, date, KEY, SUBKEY, more -> {
            more.setKeyFlags(false, flags);
            try {
                PGPSignatureList list = (PGPSignatureList) new BcPGPObjectFactory(back).nextObject();
                more.addEmbeddedSignature(false, list.get(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
