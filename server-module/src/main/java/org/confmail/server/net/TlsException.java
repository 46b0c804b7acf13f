package org.confmail.server.net;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of the TLS identity cannot be used. For the operator: which file, what is wrong, what to do. */
public final class TlsException extends Exception {
    private final Path file;
    private final String problem;
    private final String text;

    /**
     * @param what the file's part: {@code TLS key}
     * @param why what is wrong and what to do about it, without a full stop at the end
     */
    TlsException(String what, Path file, String why, @Nullable Throwable cause) {
        super(cause);
        this.file = file;
        this.problem = what + ": " + why + ".";
        this.text = what + " " + file + ": " + why + ".";
    }

    /** The file that cannot be used. */
    public Path file() {
        return file;
    }

    /** The message without the file's name. */
    public String problem() {
        return problem;
    }

    /** The whole text; never null. */
    @Override
    public String getMessage() {
        return text;
    }
}
