package org.confmail.server.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What GnuPG made, in {@code src/test/resources/openpgp}. */
public final class Fixtures {
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final Path ROOT = Path.of("src/test/resources/openpgp");

    private Fixtures() {}

    public static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One byte a character. */
    public static String text(String file) {
        return new String(bytes(file), StandardCharsets.ISO_8859_1);
    }

    /** The names of all files with this ending, without it. */
    public static List<String> names(String ending) {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ClearSigned signed(String text) throws OpenPgpException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return ClearSigned.parse(bytes, 0, bytes.length);
    }

    /** The verdict on a key-announcement by the key in it, which is the same whether the key is known to be in the text or not. */
    static Verdict announcement(String name) throws OpenPgpException {
        ClearSigned signed = signed(text(name + ".key-announcement"));
        Verdict verdict = Verification.verify(signed, PublicKey.in(signed), NOW);
        assertEquals(verdict, Verification.verifyWithKeyInText(signed, PublicKey.in(signed), NOW));
        return verdict;
    }

    /** The binary key in a key-announcement. */
    static byte[] key(String name) throws OpenPgpException {
        byte[] text = signed(text(name + ".key-announcement")).unescaped();
        return dearmored(text);
    }

    static byte[] dearmored(byte[] text) throws OpenPgpException {
        TextLines lines = new TextLines(text, 0, text.length);
        do {
            lines.require("a key");
        } while (!lines.is("-----BEGIN PGP PUBLIC KEY BLOCK-----"));
        return Armor.decode(lines, "PUBLIC KEY BLOCK", PublicKey.BYTES_MAX);
    }
}
