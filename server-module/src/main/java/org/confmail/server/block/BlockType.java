package org.confmail.server.block;

import java.util.Optional;

/** The five kinds of blocks. PROTOCOL section 3. */
public enum BlockType {
    DATA("data"),
    MESSAGE_ANNOUNCEMENT("message-announcement"),
    ADDRESS_CLAIM("address-claim"),
    KEY_ANNOUNCEMENT("key-announcement"),
    ACKNOWLEDGMENT("acknowledgment");

    /** Some clients spell it so. */
    private static final String ACKNOWLEDGEMENT = "acknowledgement";

    private final String wireName;

    BlockType(String wireName) {
        this.wireName = wireName;
    }

    /** The type that a {@code Type} header's value names, in exactly this case, or empty. */
    public static Optional<BlockType> named(String value) {
        for (BlockType type : values()) {
            if (type.wireName.equals(value)) {
                return Optional.of(type);
            }
        }
        return value.equals(ACKNOWLEDGEMENT) ? Optional.of(ACKNOWLEDGMENT) : Optional.empty();
    }

    /** As written in the {@code Type} header. */
    public String wireName() {
        return wireName;
    }

    /** Whether GET SERVER serves it without login. PROTOCOL section 2. */
    public boolean isPublic() {
        return switch (this) {
            case KEY_ANNOUNCEMENT, ADDRESS_CLAIM -> true;
            case DATA, MESSAGE_ANNOUNCEMENT, ACKNOWLEDGMENT -> false;
        };
    }
}
