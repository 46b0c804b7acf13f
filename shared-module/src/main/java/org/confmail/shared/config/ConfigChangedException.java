package org.confmail.shared.config;

import java.io.IOException;
import java.nio.file.Path;

/** A config.txt was changed by somebody else after it was loaded. Nothing was written. */
public final class ConfigChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    ConfigChangedException(Path file) {
        super(file + ": was changed by somebody else since it was read. It is left as it is. Read it again, and repeat"
                + " the change.");
    }
}
