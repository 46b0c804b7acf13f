package org.confmail.server.openpgp;

import static org.confmail.server.openpgp.TestKey.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile poster may send as a key: refused before it costs anything, and never by another exception. */
class HostileKeyTest {
    /** Some 100 times what any of it takes. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final TestKey KEY = TestKey.named("owner");
    private static final TestKey OTHER = TestKey.named("other");
    private static final byte[] SELF = KEY.selfSignature(TestKey.MADE, more -> {});

    private static String refusal(byte[] key) {
        return assertTimeout(
                SOON,
                () -> assertThrows(OpenPgpException.class, () -> PublicKey.read(key))
                        .reason());
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] packet(int tag, byte[] body) {
        return Packets.encode(tag, body);
    }

    /** A number of this many bits, as a packet has it. */
    private static byte[] number(int bits) {
        byte[] number = new byte[2 + (bits + 7) / 8];
        number[0] = (byte) (bits >> 8);
        number[1] = (byte) bits;
        number[2] = (byte) (1 << ((bits - 1) % 8));
        number[number.length - 1] |= 1;
        return number;
    }

    private static byte[] key(int tag, int algorithm, byte[]... numbers) {
        return packet(tag, join(hex("04 6B000000"), new byte[] {(byte) algorithm}, join(numbers)));
    }

    private static byte[] repeat(int times, byte[] packet) {
        byte[][] all = new byte[times][];
        Arrays.fill(all, packet);
        return join(all);
    }

    private static byte[] signature(byte[] hashed, byte[]... rest) {
        return packet(
                Packets.SIGNATURE,
                join(
                        hex("04 13 16 0A"),
                        new byte[] {(byte) (hashed.length >> 8), (byte) hashed.length},
                        hashed,
                        join(rest)));
    }

    static Stream<Arguments> keys() {
        byte[] primary = KEY.primaryPacket();
        byte[] subpacket = hex("02 67 00");
        byte[] numbers = hex("0000 0000 0001 01 0001 01");
        byte[] nested = Arrays.copyOfRange(SELF, 2, SELF.length);
        byte[] embedded = join(new byte[] {(byte) (nested.length + 1), 32}, nested);
        byte[] twice = signature(embedded, hex("0000 0000 0001 01 0001 01"));
        byte[] inside = Arrays.copyOfRange(twice, 6, twice.length);
        return Stream.of(
                Arguments.of("key block does not begin with a primary key", new byte[0]),
                Arguments.of("key block does not begin with a primary key", KEY.userIdPacket()),
                Arguments.of("more than one primary key", join(KEY.key(), OTHER.key())),
                Arguments.of("no packet begins with octet 0", new byte[100]),
                Arguments.of("packet header is cut off", join(primary, hex("99 01"))),
                Arguments.of("packet of type 13 is cut off", join(primary, hex("B4 05 41"))),
                // Lengths that only data packets may have.
                Arguments.of("packet of partial lengths", join(primary, hex("CD E1 4141 01 41"))),
                Arguments.of("packet of partial lengths", join(primary, hex("CD FE"), new byte[4000])),
                Arguments.of("packet of indeterminate length", join(primary, hex("B7"), new byte[100])),
                // Sizes that are only claimed.
                Arguments.of(
                        "packet of type 13 has 4294967295 bytes, allowed are 2048", join(primary, hex("CDFFFFFFFFFF"))),
                Arguments.of(
                        "packet of type 17 has 2147483647 bytes, allowed are 65536",
                        join(primary, hex("D1FF7FFFFFFF"))),
                Arguments.of("packet of type 6 has 65535 bytes, allowed are 4096", hex("99FFFF")),
                Arguments.of(
                        "packet of type 2 has 16385 bytes, allowed are 16384",
                        join(primary, packet(2, new byte[16385]))),
                Arguments.of(
                        "packet of type 14 has 4097 bytes, allowed are 4096",
                        join(primary, packet(14, new byte[4097]))),
                Arguments.of(
                        "packet of type 17 has 65537 bytes, allowed are 65536",
                        join(primary, packet(17, new byte[65537]))),
                // What has no place in a public key: compressed, encrypted and literal data, secret keys, messages.
                Arguments.of("packet of type 8 where none may be", join(primary, packet(8, new byte[10]))),
                Arguments.of("packet of type 9 where none may be", join(primary, packet(9, new byte[10]))),
                Arguments.of("packet of type 18 where none may be", join(primary, packet(18, new byte[10]))),
                Arguments.of("packet of type 11 where none may be", join(primary, packet(11, new byte[10]))),
                Arguments.of("packet of type 5 where none may be", packet(5, new byte[10])),
                Arguments.of("packet of type 1 where none may be", join(primary, packet(1, new byte[10]))),
                Arguments.of("packet of type 0 where none may be", join(primary, packet(0, new byte[10]))),
                // Hundreds of things.
                Arguments.of("more than 64 user ids", join(primary, repeat(65, KEY.userIdPacket()))),
                Arguments.of("more than 64 user ids", join(primary, repeat(65, packet(17, new byte[10])))),
                Arguments.of("more than 100 subkeys", join(KEY.key(), repeat(101, OTHER.subkeyPacket()))),
                Arguments.of("more than 100 subkeys", join(KEY.key(), repeat(101, packet(14, new byte[] {5})))),
                Arguments.of("more than 1000 packets", join(KEY.key(), repeat(1000, SELF))),
                Arguments.of("user id behind a subkey", join(primary, OTHER.subkeyPacket(), KEY.userIdPacket())),
                Arguments.of(
                        "signature with more than 64 subpackets",
                        join(primary, signature(repeat(65, subpacket), numbers))),
                Arguments.of(
                        "signature with more than 64 subpackets",
                        join(primary, signature(repeat(33, subpacket), hex("0060"), repeat(32, subpacket), numbers))),
                Arguments.of(
                        "too many signatures inside a signature",
                        join(primary, signature(repeat(3, embedded), numbers))),
                Arguments.of(
                        "too many signatures inside a signature",
                        join(
                                primary,
                                signature(
                                        join(new byte[] {(byte) 255, 0, 0, 0, (byte) (inside.length + 1), 32}, inside),
                                        numbers))),
                // Numbers that only cost.
                Arguments.of(
                        "primary key has a number of 65535 bits, allowed are 4096",
                        key(6, 1, hex("FFFF"), new byte[100])),
                Arguments.of(
                        "primary key has a number of 4097 bits, allowed are 4096", key(6, 1, number(4097), number(17))),
                Arguments.of(
                        "primary key has a number of 33 bits, allowed are 32", key(6, 1, number(2048), number(33))),
                Arguments.of("RSA modulus of 1023 bits, allowed are 1024 to 4096", key(6, 1, number(1023), number(17))),
                Arguments.of("RSA exponent of 1 bits, allowed are 2 to 32", key(6, 1, number(2048), number(1))),
                Arguments.of("primary key has 1 bytes too many", key(6, 1, number(2048), number(17), new byte[1])),
                Arguments.of("primary key is cut off", key(6, 1, number(2048))),
                Arguments.of(
                        "primary key has a number of 3073 bits, allowed are 3072",
                        key(6, 17, number(3073), number(256))),
                Arguments.of(
                        "primary key has a number of 257 bits, allowed are 256", key(6, 17, number(3072), number(257))),
                Arguments.of("key on an unknown curve", key(6, 19, hex("03 010203"), number(500))),
                Arguments.of("key on an unknown curve", key(6, 22, hex("08 2A8648CE3D030107"), number(500))),
                Arguments.of(
                        "primary key has a number of 1060 bits, allowed are 1059",
                        key(6, 19, hex("05 2B81040023"), number(1060))),
                Arguments.of(
                        "primary key has a number with a wrong length",
                        key(6, 1, hex("07FF"), hex("FF".repeat(256)), number(17))),
                Arguments.of("primary key of an unknown algorithm", key(6, 16, number(2048))),
                Arguments.of("key of version 3", packet(6, hex("03 6B000000 0000 01"))),
                Arguments.of("key of version 5", packet(6, hex("05 6B000000 01"))),
                Arguments.of(
                        "subkey has a number of 4097 bits, allowed are 4096", join(primary, key(14, 1, number(4097)))),
                Arguments.of(
                        "signature has a number of 4097 bits, allowed are 4096",
                        join(primary, signature(subpacket, hex("0000 0000"), number(4097)))),
                // Parts that reach beyond their whole.
                Arguments.of("signature is cut off", join(primary, packet(2, hex("04 13 16 0A FFFF 00")))),
                Arguments.of("subpacket of a signature is cut off", join(primary, signature(hex("00"), numbers))),
                Arguments.of(
                        "hashed part of a signature is cut off",
                        join(primary, signature(hex("FF FFFFFFFF 02"), numbers))),
                Arguments.of(
                        "signature has 1 bytes too many", join(primary, signature(subpacket, numbers, new byte[1]))),
                Arguments.of(
                        "signature of version 3 covers more than it may", join(primary, packet(2, hex("03 FF 13")))));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keyIsRefused(String reason, byte[] key) {
        assertEquals(reason, refusal(key));
    }

    @Test
    void whatNewerProgramsAddToAKeyIsPassedOver() throws OpenPgpException {
        byte[] key = join(
                KEY.primaryPacket(),
                packet(Packets.SIGNATURE, hex("06 1F 1B 0A 00000000")),
                KEY.userIdPacket(),
                packet(Packets.SIGNATURE, hex("05 13 16 0A 00000000")),
                signature(hex("02 67 00"), hex("0000 0000 0001 01 0001 01")),
                SELF,
                packet(Packets.USER_ATTRIBUTE, new byte[1000]),
                packet(Packets.SIGNATURE, hex("FF")),
                packet(Packets.SUBKEY, hex("05 6B000000 08")),
                packet(Packets.SIGNATURE, hex("05 18 16 0A 00000000")),
                key(Packets.SUBKEY, 35, new byte[1200]),
                key(Packets.SUBKEY, 16, number(4096), number(3), number(4096)));
        assertEquals(
                new Verdict.Good(),
                Verification.verify(Fixtures.signed(KEY.clearSign("x\n")), PublicKey.read(key), Fixtures.NOW));
    }

    /** Numbers of the right size that make no sense: Bouncy Castle throws what it likes, and that is a refusal. */
    @ParameterizedTest
    @ValueSource(strings = {"rsa2048", "dsa2048", "nistp256", "nistp521", "brainpoolP512r1", "secp256k1", "ed25519"})
    void senselessNumbersMakeABadKey(String name) throws OpenPgpException {
        byte[] key = Fixtures.key(name);
        ClearSigned signed = Fixtures.signed(Fixtures.text(name + ".key-announcement"));
        for (int filling : new int[] {0, 1, 0xff}) {
            byte[] senseless = key.clone();
            int header = name.startsWith("rsa") || name.startsWith("dsa") ? 16 : 24;
            Arrays.fill(senseless, header, 50, (byte) filling);
            assertTimeout(SOON, () -> {
                try {
                    Verdict verdict = Verification.verify(signed, PublicKey.read(senseless), Fixtures.NOW);
                    assertTrue(!(verdict instanceof Verdict.Good), verdict::toString);
                } catch (OpenPgpException e) {
                    assertTrue(!e.reason().isEmpty());
                }
            });
        }
    }

    @Test
    void everyFlippedBitIsJudgedSoon() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> names = Fixtures.names(".key-announcement");
        for (int i = 0; i < 2_000; i++) {
            String name = names.get(random.nextInt(names.size()));
            assertTimeout(SOON, () -> mutate(name, random), () -> "seed " + seed + ", " + name);
        }
    }

    /** Spoils a key, or its text, in a few places; whatever was spoilt, it must end in a verdict or a refusal. */
    private static void mutate(String name, Random random) {
        try {
            byte[] text = Fixtures.bytes(name + ".key-announcement");
            ClearSigned whole = ClearSigned.parse(text, 0, text.length);
            byte[] packets = Fixtures.key(name);
            if (random.nextBoolean()) {
                spoil(packets, random);
                Verification.verify(whole, PublicKey.read(packets), Fixtures.NOW);
            } else {
                spoil(text, random);
                ClearSigned spoilt = ClearSigned.parse(text, 0, text.length);
                Verification.verify(spoilt, PublicKey.in(spoilt), Fixtures.NOW);
            }
        } catch (OpenPgpException e) {
            String reason = e.reason();
            assertTrue(reason.chars().allMatch(c -> c >= ' ' && c <= '~'), reason);
        }
    }

    private static void spoil(byte[] bytes, Random random) {
        for (int n = random.nextInt(4); n >= 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
    }

    @Test
    void everyPrefixOfAKeyIsRefusedOrAKey() throws OpenPgpException {
        byte[] key = Fixtures.key("subkeys-rsa");
        String text = new String(Fixtures.bytes("ed25519.key-announcement"), StandardCharsets.ISO_8859_1);
        for (int length = 0; length < key.length; length++) {
            try {
                PublicKey.read(Arrays.copyOf(key, length));
            } catch (OpenPgpException e) {
                assertTrue(!e.reason().isEmpty());
            }
        }
        for (int length = 0; length < text.length() - 1; length++) {
            String prefix = text.substring(0, length);
            assertThrows(OpenPgpException.class, () -> Fixtures.signed(prefix));
        }
    }
}
