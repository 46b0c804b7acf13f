package org.confmail.server.net;

import java.io.IOException;

/** A peer sent a line beyond the bound. The connection is closed without an answer (PROTOCOL section 2). */
public final class LineTooLongException extends IOException {
    LineTooLongException() {
        super("line longer than " + LineReader.LINE_BYTES_MAX + " bytes");
    }
}
