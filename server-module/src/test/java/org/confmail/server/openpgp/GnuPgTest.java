package org.confmail.server.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decides about keys and signatures of GnuPG 1.4 and 2.2 as those do, but where a name below says otherwise. */
class GnuPgTest {
    private static final Verdict GOOD = new Verdict.Good();

    private static final List<String> GOOD_ONES = List.of(
            "rsa1024",
            "rsa2048",
            "rsa3072",
            "rsa4096",
            "dsa1024",
            "dsa2048",
            "dsa3072",
            "nistp256",
            "nistp384",
            "nistp521",
            "brainpoolP256r1",
            "brainpoolP384r1",
            "brainpoolP512r1",
            "secp256k1",
            "ed25519",
            "digest-sha512",
            "digest-sha384",
            "digest-sha256",
            "digest-sha224",
            "signed-in-the-future",
            "userid-utf8",
            "userid-several",
            "userid-photo",
            "certified-by-another",
            "key-extended",
            "key-not-yet-revoked",
            "subkey-extended",
            "subkey-second",
            "subkey-revoked-other-signs",
            "subkeys-rsa",
            "gnupg1-rsa1024",
            "gnupg1-rsa2048",
            "gnupg1-dsa1024",
            "gnupg1-dsa2048",
            "gnupg1-v3-signature",
            "gnupg1-comment",
            "gnupg1-subkey",
            "gnupg1-sha1-self-signatures");

    private static final Map<String, Verdict> OTHERS = Map.of(
            "key-expired", new Verdict.Expired("key expired at 2026-11-09T12:00:00Z"),
            "key-expires-before-signing", new Verdict.Expired("key expired at 2026-11-09T12:00:00Z"),
            "key-shortened", new Verdict.Expired("key expired at 2026-11-23T00:00:00Z"),
            "key-revoked", new Verdict.Revoked("key is revoked"),
            "subkey-expired", new Verdict.Expired("subkey expired at 2026-11-09T12:00:00Z"),
            "subkey-revoked-signs", new Verdict.Revoked("subkey is revoked"),
            "signature-expires", new Verdict.Expired("signature expired at 2026-11-22T14:00:00Z"),
            "signed-by-another", new Verdict.UnknownSigner(),
            // GnuPG still takes these two.
            "digest-sha1", new Verdict.Bad("signature with a digest that is too weak or unknown"),
            "digest-ripemd160", new Verdict.Bad("signature with a digest that is too weak or unknown"));

    /** GnuPG takes these as well; what they say is not one key's word. */
    private static final Map<String, String> REFUSED =
            Map.of("two-primary-keys", "more than one primary key", "two-signatures", "more than one signature");

    static List<String> goodOnes() {
        return GOOD_ONES;
    }

    @ParameterizedTest
    @MethodSource("goodOnes")
    void isGood(String name) throws OpenPgpException {
        assertEquals(GOOD, Fixtures.announcement(name));
    }

    static List<String> others() {
        return OTHERS.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("others")
    void isNotGood(String name) throws OpenPgpException {
        assertEquals(OTHERS.get(name), Fixtures.announcement(name));
    }

    @Test
    void twoOfAKindAreRefused() {
        REFUSED.forEach((name, reason) -> assertEquals(
                reason,
                assertThrows(OpenPgpException.class, () -> Fixtures.announcement(name))
                        .reason()));
    }

    @Test
    void carriageReturnInsideALineIsRefused() {
        assertEquals(
                "CR inside a line",
                assertThrows(OpenPgpException.class, () -> Fixtures.signed(Fixtures.text("text-lone-cr.asc")))
                        .reason());
    }

    @Test
    void everyFixtureIsLookedAt() {
        TreeSet<String> all = new TreeSet<>(GOOD_ONES);
        all.addAll(OTHERS.keySet());
        all.addAll(REFUSED.keySet());
        assertEquals(Fixtures.names(".key-announcement"), List.copyOf(all));
        assertEquals(9, texts().size());
    }

    @ParameterizedTest
    @MethodSource("goodOnes")
    void isBadWhenTheTextIsAnother(String name) throws OpenPgpException {
        ClearSigned signed =
                Fixtures.signed(Fixtures.text(name + ".key-announcement").replace("0,1,2,3", "0,1,2,4"));
        assertEquals(
                new Verdict.Bad("signature does not match the text"),
                Verification.verify(signed, PublicKey.in(signed), Fixtures.NOW));
    }

    static List<String> texts() {
        return Fixtures.names(".asc").stream()
                .filter(name -> !name.equals("text-lone-cr"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsUnderstoodAsGnuPgMeantIt(String name) throws OpenPgpException {
        String text = Fixtures.text(name + ".asc");
        ClearSigned signed = Fixtures.signed(text);
        PublicKey key = PublicKey.read(Fixtures.dearmored(Fixtures.bytes("texts.key")));
        assertEquals(GOOD, Verification.verify(signed, key, Fixtures.NOW));
        byte[] original = Fixtures.bytes(name + ".signed");
        byte[] unescaped = signed.unescaped();
        if (original.length == 0 || original[original.length - 1] != '\n') {
            original = (new String(original, StandardCharsets.ISO_8859_1) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        }
        assertArrayEquals(original, unescaped);
        // What mail and forms do to a text.
        for (String changed : List.of(
                text.replace("\r\n", "\n").replace("\n", "\r\n"),
                text.replace("\n", " \t\n"),
                text.replaceAll("[ \t\r]+\n", "\n"),
                "\n\n" + text + "\n\n",
                text.replaceFirst("\n=[^\n]*\n-", "\n-"))) {
            assertEquals(GOOD, Verification.verify(Fixtures.signed(changed), key, Fixtures.NOW), changed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text-blank-lines", "text-dashes", "text-utf8"})
    void textWithOneMoreBlankLineIsAnother(String name) throws OpenPgpException {
        PublicKey key = PublicKey.read(Fixtures.dearmored(Fixtures.bytes("texts.key")));
        String text = Fixtures.text(name + ".asc");
        String longer = text.replace("-----BEGIN PGP SIGNATURE", "\n-----BEGIN PGP SIGNATURE");
        assertEquals(
                new Verdict.Bad("signature does not match the text"),
                Verification.verify(Fixtures.signed(longer), key, Fixtures.NOW));
    }

    @Test
    void partsLieWhereTheyStand() throws OpenPgpException {
        String text = "\n" + Fixtures.text("text-dashes.asc") + "\n";
        ClearSigned signed = Fixtures.signed(text);
        assertEquals(1, signed.from());
        assertEquals(text.length() - 1, signed.to());
        assertEquals(
                "- - dash\n- -----BEGIN PGP PUBLIC KEY BLOCK-----\n- --\n- -\n- From here\n",
                text.substring(signed.textFrom(), signed.textTo()));
    }
}
