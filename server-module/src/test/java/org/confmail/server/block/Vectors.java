package org.confmail.server.block;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The real blocks in {@code src/test/resources/vectors}, and the clocks that they are tested with. */
public final class Vectors {
    public static final Instant BLOCKS_NOW = Instant.parse("2026-11-22T14:00:00Z");
    public static final Instant MERGE_NOW = Instant.parse("2026-11-22T15:35:00Z");

    private static final Path ROOT = Path.of("src/test/resources/vectors");

    private Vectors() {}

    /** A row of {@code verdicts.tsv}. */
    public record Verdict(String file, boolean server, boolean dht) {
        public Key key() {
            return Key.parse(file.substring(0, Key.HEX_DIGITS)).orElseThrow();
        }

        public BlockType type() {
            return BlockType.named(file.substring(file.lastIndexOf('.') + 1)).orElseThrow();
        }

        public byte[] content() {
            return read(ROOT.resolve("blocks").resolve(file));
        }

        /** The user that the block names: a key-announcement its key, a claim its Keyid. */
        Poster poster() {
            return switch (type()) {
                case KEY_ANNOUNCEMENT -> Poster.user(key().toString());
                case ADDRESS_CLAIM ->
                    Poster.user(Blocks.text(content())
                            .lines()
                            .filter(line -> line.startsWith("Keyid: "))
                            .findFirst()
                            .orElseThrow()
                            .substring("Keyid: ".length()));
                case DATA, MESSAGE_ANNOUNCEMENT, ACKNOWLEDGMENT -> Poster.NONE;
            };
        }

        @Override
        public String toString() {
            return file;
        }
    }

    /** A directory of {@code merge/}. */
    public record MergeCase(Path directory) {
        public Key key() {
            return Key.parse(line("key: ")).orElseThrow();
        }

        public List<byte[]> posts() {
            return Stream.iterate(1, n -> n + 1)
                    .map(n -> directory.resolve(n + ".post"))
                    .takeWhile(Files::exists)
                    .map(Vectors::read)
                    .toList();
        }

        public Poster poster(int post) {
            String user = line("post " + (post + 1) + " as: ");
            return user.equals("none") ? Poster.NONE : Poster.user(user);
        }

        public BlockType type() {
            return switch (StoredHead.read(posts().getFirst(), posts().getFirst().length)) {
                case StoredHead.Text text -> text.type();
                case StoredHead.Data _ -> BlockType.DATA;
                case StoredHead head -> throw new IllegalStateException(head.toString());
            };
        }

        public boolean isStored() {
            return Files.exists(directory.resolve("stored"));
        }

        public byte[] stored() {
            return read(directory.resolve("stored"));
        }

        private String line(String prefix) {
            return new String(read(directory.resolve("case.txt")), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .findFirst()
                    .orElseThrow()
                    .substring(prefix.length());
        }

        @Override
        public String toString() {
            return directory.getFileName().toString();
        }
    }

    public static List<Verdict> verdicts() {
        try (Stream<String> lines = Files.lines(ROOT.resolve("verdicts.tsv"))) {
            return lines.skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(row -> new Verdict(row[0], accepted(row[1]), accepted(row[2])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepted(String verdict) {
        return switch (verdict) {
            case "accept" -> true;
            case "refuse" -> false;
            default -> throw new IllegalArgumentException(verdict);
        };
    }

    public static List<MergeCase> mergeCases() {
        try (Stream<Path> directories = Files.list(ROOT.resolve("merge"))) {
            return directories.sorted().map(MergeCase::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static MergeCase mergeCase(String name) {
        return new MergeCase(ROOT.resolve("merge").resolve(name));
    }

    public static Verdict block(String file) {
        return verdicts().stream()
                .filter(verdict -> verdict.file.equals(file))
                .findFirst()
                .orElseThrow();
    }

    /** Judges a whole file, as it lies in a store: text, or header and data. The reason, or empty if it is valid. */
    static String refusal(Key key, byte[] content, Limits limits, Instant now, Poster poster) {
        if (StoredHead.read(content, content.length) instanceof StoredHead.Data data) {
            return switch (DataHeader.parse(Arrays.copyOf(content, data.headerBytes()), data.length(), limits, now)) {
                case DataJudgment.Invalid(String reason) -> reason;
                case DataJudgment.Valid(DataHeader header) -> {
                    DataCheck check = header.check();
                    check.update(content, data.dataOffset(), content.length - data.dataOffset());
                    yield check.finish(key).orElse("");
                }
            };
        }
        return switch (TextRules.judge(key, content, limits, now, poster, KnownKeys.NONE)) {
            case Judgment.Invalid(String reason) -> reason;
            case Judgment.Valid _ -> "";
        };
    }

    static DataHeader header(byte[] content, StoredHead.Data data, Limits limits, Instant now) {
        DataJudgment judgment =
                DataHeader.parse(Arrays.copyOf(content, data.headerBytes()), data.length(), limits, now);
        return assertInstanceOf(DataJudgment.Valid.class, judgment, judgment::toString)
                .header();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
