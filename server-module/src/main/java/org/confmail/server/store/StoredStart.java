package org.confmail.server.store;

import org.confmail.server.block.StoredHead;

/**
 * The beginning of one version of a stored file. Nobody changes the bytes.
 *
 * @param first the first bytes, all of them in a small file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredStart(Version version, byte[] first, StoredHead head) {

    /** Whether these are all the bytes of the file. */
    boolean isWhole() {
        return first.length == version.size();
    }
}
