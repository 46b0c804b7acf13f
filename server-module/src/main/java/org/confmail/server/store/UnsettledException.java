package org.confmail.server.store;

import java.io.IOException;

/** A stored file may be in the middle of a write in place: it is to be read under its leaf's lock. */
final class UnsettledException extends IOException {
    UnsettledException(String why) {
        super(why);
    }
}
