package org.confmail.server.upkeep;

import java.util.List;

/** The columns of the usage report that hold figures, in their order, behind address and key (PROTOCOL section 14). */
enum Columns {
    DATA_BLOCKS("Num Data Blocks"),
    DATA_BYTES("Data Total Bytes"),
    DATA_SHARE("Data App'd Bytes"),
    MAILBOXES("Num Msg Anncs"),
    MAILBOX_BYTES("Msg Annc Bytes"),
    MESSAGES("Num Msgs"),
    KEY_BYTES("Key Annc Bytes"),
    CLAIM_BYTES("Address Claim Bytes"),
    BLOCKS("Total Num Blocks"),
    RAW_BYTES("Total Raw Bytes"),
    APPORTIONED_BYTES("Total App'd Bytes");

    static final String EMAIL = "Email address";
    static final String KEY = "Key ID";
    static final List<Columns> ALL = List.of(values());

    /** In the total: a block that is announced to several users counts fully for each of them, and a sum would mean nothing. */
    private static final String NO_SUM = "-";

    private final String title;

    Columns(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    long of(UsageRow row) {
        return switch (this) {
            case DATA_BLOCKS -> row.dataBlocks();
            case DATA_BYTES -> row.dataBytes();
            case DATA_SHARE -> row.dataShare();
            case MAILBOXES -> row.mailboxes();
            case MAILBOX_BYTES -> row.mailboxBytes();
            case MESSAGES -> row.messages();
            case KEY_BYTES -> row.keyBytes();
            case CLAIM_BYTES -> row.claimBytes();
            case BLOCKS -> row.blocks();
            case RAW_BYTES -> row.rawBytes();
            case APPORTIONED_BYTES -> row.apportionedBytes();
        };
    }

    String ofTotal(UsageRow total) {
        return hasSum() ? Long.toString(of(total)) : NO_SUM;
    }

    boolean hasSum() {
        return this != DATA_BYTES && this != RAW_BYTES;
    }
}
