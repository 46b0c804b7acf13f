package org.confmail.server.delivery;

/** The kinds of entries in the order in which a target gets them (PROTOCOL section 8). */
public enum Lane {
    /** Account changes; those of one auth key in the order in which they were made. */
    ACCOUNT,
    /** Data blocks, which announcements name. */
    DATA,
    /** All other blocks. */
    TEXT
}
