package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whom valid announcements are for, unless their senders want no mail to be sent about them. PROTOCOL section 13. */
final class NewMail {
    private static final String NOTIFY = "servernotify:";

    private NewMail() {}

    /** All announcements in one post are for one recipient: the key says so. */
    static Optional<Key> recipient(List<Entry> announcements) {
        for (Entry announcement : announcements) {
            Optional<Key> recipient = recipient(announcement);
            if (recipient.isPresent()) {
                return recipient;
            }
        }
        return Optional.empty();
    }

    private static Optional<Key> recipient(Entry announcement) {
        byte[] text = announcement.source();
        Optional<Key> recipient = Optional.empty();
        int end;
        for (int start = announcement.from(); start < announcement.to(); start = end + 1) {
            end = Lines.end(text, start, announcement.to());
            if (Header.RECIPIENT.begins(text, start, end)) {
                int value = start + Header.RECIPIENT.prefixBytes();
                recipient = Key.parse(new String(text, value, end - value, StandardCharsets.ISO_8859_1).strip());
            } else if (forbids(text, start, end)) {
                return Optional.empty();
            }
        }
        return recipient;
    }

    private static boolean forbids(byte[] text, int start, int end) {
        int word = start;
        while (word < end && (text[word] == ' ' || text[word] == '\t')) {
            word++;
        }
        return Lines.startsWith(text, word, end, NOTIFY)
                && new String(text, word, end - word, StandardCharsets.ISO_8859_1)
                        .substring(NOTIFY.length())
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals("false");
    }
}
