package org.confmail.server.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The PEM files beside this class, laid out in files of a test's own. */
public final class Fixture {
    private Fixture() {}

    /** Copies the fixture {@code name} into {@code directory}. */
    public static Path copy(String name, Path directory) throws IOException {
        return copyTo(name, directory.resolve(name));
    }

    /** Copies the fixture {@code name} to {@code target}, in place of what is there. */
    public static Path copyTo(String name, Path target) throws IOException {
        try (InputStream in = Fixture.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no fixture " + name);
            }
            Files.write(target, in.readAllBytes());
        }
        return target;
    }
}
