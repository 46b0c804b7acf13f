package org.confmail.server.openpgp;

import static org.confmail.server.openpgp.TestKey.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hostile poster may send as armour or as a clear-signed text: refused before it costs anything. */
class HostileTextTest {
    /** Some 100 times what any of it takes. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final TestKey KEY = TestKey.named("owner");
    private static final byte[] SELF = KEY.selfSignature(TestKey.MADE, more -> {});

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void armourIsBoundedBeforeItIsDecoded() {
        String large = TestKey.armored(new byte[PublicKey.BYTES_MAX + 1]);
        assertEquals("PUBLIC KEY BLOCK of more than 262144 bytes", keyRefusal(large));
        String endless = large.replaceFirst("(?s)\n=.*", "\n");
        assertEquals("PUBLIC KEY BLOCK of more than 262144 bytes", keyRefusal(endless));
        assertEquals("clear-signed text of 524289 bytes, allowed are 524288", textRefusal("x".repeat(524_289)));
        String signature = TestKey.armor("SIGNATURE", new byte[20_000]);
        assertEquals(
                "SIGNATURE of more than 16384 bytes",
                textRefusal("-----BEGIN PGP SIGNED MESSAGE-----\n\nx\n" + signature));
    }

    static Stream<Arguments> armours() {
        String good = KEY.armored();
        return Stream.of(
                Arguments.of("no PUBLIC KEY BLOCK", "nothing\n"),
                Arguments.of("more than one PUBLIC KEY BLOCK", good + good),
                Arguments.of(
                        "text ends where the end of PUBLIC KEY BLOCK should be", good.replaceFirst("-----END.*\n", "")),
                Arguments.of(
                        "PUBLIC KEY BLOCK does not end in its END line",
                        good.replace("-----END PGP PUBLIC", "-----END PGP PRIVATE")),
                Arguments.of("PUBLIC KEY BLOCK is not radix-64", good.replaceFirst("\n\nm", "\n\n!")),
                Arguments.of("PUBLIC KEY BLOCK is not radix-64", good.replaceFirst("(?s)\n=.*\n-", "A\n-")),
                Arguments.of("checksum of PUBLIC KEY BLOCK does not match", good.replaceFirst("\n=....", "\n=AAAA")),
                Arguments.of(
                        "checksum of PUBLIC KEY BLOCK does not match", good.replaceFirst("\n=....", "\n=AAAAAAAA")),
                Arguments.of("checksum of PUBLIC KEY BLOCK does not match", good.replaceFirst("\n=....", "\n=")),
                Arguments.of(
                        "armour line of 100 characters in PUBLIC KEY BLOCK",
                        good.replaceFirst("\n\n", "\n\n" + "A".repeat(100) + "\n")),
                Arguments.of(
                        "no armour header: line before the blank line of PUBLIC KEY BLOCK",
                        good.replaceFirst("\n\n", "\nType: data\n\n")),
                Arguments.of(
                        "no armour header: line before the blank line of PUBLIC KEY BLOCK",
                        good.replaceFirst("\n\n", "\n")),
                Arguments.of(
                        "more than 8 armour headers in PUBLIC KEY BLOCK",
                        good.replaceFirst("\n\n", "\n" + "Comment: x\n".repeat(9) + "\n")),
                Arguments.of("key block does not begin with a primary key", TestKey.armored(new byte[0])));
    }

    @ParameterizedTest
    @MethodSource("armours")
    void armourIsRefused(String reason, String armour) {
        assertEquals(reason, keyRefusal(armour));
    }

    private static String keyRefusal(String armour) {
        String text = KEY.clearSign("a line\n" + armour);
        return assertTimeout(
                SOON,
                () -> assertThrows(OpenPgpException.class, () -> PublicKey.in(Fixtures.signed(text)))
                        .reason());
    }

    static Stream<Arguments> texts() {
        String good = KEY.clearSign("one\ntwo\n");
        return Stream.of(
                Arguments.of("text ends where -----BEGIN PGP SIGNED MESSAGE----- should be", ""),
                Arguments.of("text ends where -----BEGIN PGP SIGNED MESSAGE----- should be", "\n".repeat(500_000)),
                Arguments.of("no clear-signed text", "Type: address-claim\n" + good),
                Arguments.of("something follows the signature", good + "Type: address-claim\n"),
                Arguments.of("something follows the signature", good + good),
                Arguments.of("no Hash header: line before the blank line", good.replace("Hash:", "NotDashEscaped:")),
                Arguments.of("no Hash header: line before the blank line", good.replaceFirst("\n\n", "\n")),
                Arguments.of(
                        "more than 8 Hash headers",
                        good.replaceFirst("\n\n", "\n" + "Hash: SHA256\n".repeat(9) + "\n")),
                Arguments.of("line that begins with a dash is not escaped", good.replace("two", "-two")),
                Arguments.of(
                        "line that begins with a dash is not escaped",
                        good.replace("BEGIN PGP SIGNATURE", "BEGIN PGP SIGN")),
                Arguments.of("CR inside a line", good.replace("two", "t\rwo")),
                Arguments.of(
                        "text ends where -----BEGIN PGP SIGNATURE----- should be",
                        good.replaceFirst("(?s)-----BEGIN PGP SIGNATURE.*", "")),
                Arguments.of("no signature in the signature block", withSignature(new byte[0])),
                Arguments.of("no signature in the signature block", withSignature(KEY.userIdPacket())),
                Arguments.of("packet of type 8 where none may be", withSignature(Packets.encode(8, new byte[5]))),
                Arguments.of("more than one signature", withSignature(join(SELF, SELF))),
                Arguments.of("signature of an unknown version", withSignature(Packets.encode(2, hex("06 01 1B 0A")))),
                Arguments.of("packet of partial lengths", withSignature(hex("C2 E1 0401 05"))));
    }

    private static String withSignature(byte[] packets) {
        return "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nx\n" + TestKey.armor("SIGNATURE", packets);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void clearSignedTextIsRefused(String reason, String text) {
        assertEquals(reason, textRefusal(text));
    }

    private static String textRefusal(String text) {
        return assertTimeout(
                SOON,
                () -> assertThrows(OpenPgpException.class, () -> Fixtures.signed(text))
                        .reason());
    }

    @Test
    void signatureThatIsNotOfATextIsBad() throws OpenPgpException {
        PublicKey key = PublicKey.read(KEY.key());
        assertEquals(
                new Verdict.Bad("signature of type 19 under a text"),
                Verification.verify(Fixtures.signed(withSignature(SELF)), key, Fixtures.NOW));
        assertEquals(
                new Verdict.Bad("no Hash header names SHA512"),
                Verification.verify(
                        Fixtures.signed(KEY.clearSign("x\n").replace("Hash: SHA512", "Hash: SHA256")),
                        key,
                        Fixtures.NOW));
    }
}
