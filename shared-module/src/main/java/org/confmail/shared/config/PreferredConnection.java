package org.confmail.shared.config;

/** Which kind of address a sender tries first when a server has several. */
public enum PreferredConnection implements Spelled {
    DIRECT("Direct"),
    TOR("TOR"),
    I2P("I2P");

    private final String spelling;

    PreferredConnection(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
