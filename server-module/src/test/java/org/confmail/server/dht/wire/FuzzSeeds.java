package org.confmail.server.dht.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what the fuzzer begins with: a directory for each target, named like its class, and a file for each seed. */
public final class FuzzSeeds {
    private FuzzSeeds() {}

    /** Takes the directory to write to. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        write(directory.resolve(MessageFuzzTest.class.getSimpleName()), MessageFuzzTest.seeds());
        write(directory.resolve(ReassemblyFuzzTest.class.getSimpleName()), ReassemblyFuzzTest.seeds());
    }

    private static void write(Path directory, List<byte[]> seeds) throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(directory.resolve("seed-" + i), seeds.get(i));
        }
    }
}
