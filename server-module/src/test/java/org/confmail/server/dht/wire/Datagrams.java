package org.confmail.server.dht.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What was said to an existing node and what it answered, from {@code src/test/resources/vectors/dht}. */
public final class Datagrams {
    private static final Path DIRECTORY = Path.of("src/test/resources/vectors/dht");

    private Datagrams() {}

    /** All conversations, by name. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - ".hex".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The datagrams of the request. */
    public static List<byte[]> asked(String name) {
        return read(name, "> ");
    }

    /** The datagrams of the existing node's answer. */
    public static List<byte[]> answered(String name) {
        return read(name, "< ");
    }

    private static List<byte[]> read(String name, String direction) {
        try (Stream<String> lines = Files.lines(DIRECTORY.resolve(name + ".hex"))) {
            return lines.filter(line -> line.startsWith(direction))
                    .map(line -> HexFormat.of().parseHex(line.substring(direction.length())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
