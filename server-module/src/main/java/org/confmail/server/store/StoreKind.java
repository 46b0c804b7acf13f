package org.confmail.server.store;

/** What the files of a store look like (PROTOCOL section 6). */
public enum StoreKind {
    /** The block, and nothing else. */
    LOCAL,
    /** The block behind lines of the node that holds it. */
    ENTANGLED
}
