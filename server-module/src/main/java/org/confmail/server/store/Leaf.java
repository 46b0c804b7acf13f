package org.confmail.server.store;

import java.nio.file.Path;
import org.confmail.server.block.Key;

/**
 * A leaf directory of a store, {@code root/AA/BB}: where it is, and its number, 0 to 65535, which is the first two bytes of
 * the keys in it (PROTOCOL section 6).
 */
record Leaf(Path first, Path directory, int number) {
    static final int COUNT = 1 << 16;
    static final int FIRST_COUNT = 1 << 8;
    static final String LOCK_FILE = "LOCKFILE";

    static Leaf of(Path root, Key key) {
        String digits = key.toString();
        Path first = root.resolve(digits.substring(0, 2));
        return new Leaf(first, first.resolve(digits.substring(2, 4)), key.at(0) << 8 | key.at(1));
    }

    /** The number of the first-level directory, 0 to 255. */
    int firstNumber() {
        return number >> 8;
    }

    Path block(Key key) {
        return directory.resolve(key.toString());
    }

    Path lockFile() {
        return directory.resolve(LOCK_FILE);
    }
}
