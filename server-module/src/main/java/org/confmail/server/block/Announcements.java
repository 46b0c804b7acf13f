package org.confmail.server.block;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The text of a mailbox: announcements separated by {@code NextMessage} lines. PROTOCOL section 3. */
public final class Announcements {
    /** A mailbox is read, merged and written whole; this is some 120,000 announcements. */
    public static final int MAILBOX_BYTES_MAX = 32 * 1024 * 1024;

    private Announcements() {}

    /**
     * What GET … SINCE answers (PROTOCOL section 2): the announcements that are dated {@code since} or later, or have no
     * stamp for a date. Empty if there are none. Looks at no age and no proof: what is stored is served.
     */
    public static Optional<byte[]> since(byte[] mailbox, Instant since) {
        byte[] separator = Sections.SEPARATOR.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Sections sections = new Sections(mailbox);
        while (sections.next()) {
            if (date(sections).filter(since::isAfter).isEmpty()) {
                if (kept.size() > 0) {
                    kept.writeBytes(separator);
                }
                kept.write(sections.text(), sections.from(), sections.to() - sections.from());
            }
        }
        return kept.size() == 0 ? Optional.empty() : Optional.of(kept.toByteArray());
    }

    /** The data blocks that the announcements in {@code text} name. Lines that name none are passed over. */
    public static Set<Key> dataBlocks(byte[] text) {
        Set<Key> keys = new HashSet<>();
        int start = 0;
        while (start < text.length) {
            int end = Lines.end(text, start, text.length);
            if (Header.DATA_BLOCK.begins(text, start, end)) {
                int value = start + Header.DATA_BLOCK.prefixBytes();
                Key.parse(new String(text, value, end - value, StandardCharsets.ISO_8859_1))
                        .ifPresent(keys::add);
            }
            start = end + 1;
        }
        return keys;
    }

    private static Optional<Instant> date(Sections section) {
        int start = section.from();
        while (start < section.to()) {
            int end = Lines.end(section.text(), start, section.to());
            if (Header.DATE.begins(section.text(), start, end)) {
                return Stamp.parse(section.text(), start + Header.DATE.prefixBytes(), end);
            }
            start = end + 1;
        }
        return Optional.empty();
    }
}
