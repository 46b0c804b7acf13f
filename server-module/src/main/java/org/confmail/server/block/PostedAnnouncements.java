package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A post of one or more announcements to one mailbox; holds the valid ones. PROTOCOL section 3. */
final class PostedAnnouncements implements TextBlock {
    private static final byte[] SEPARATOR = Sections.SEPARATOR.getBytes(StandardCharsets.US_ASCII);

    private final Key mailbox;
    private final Limits limits;
    private final List<Announcement> posted;
    private final Optional<String> remark;

    private PostedAnnouncements(Key mailbox, Limits limits, List<Announcement> posted, Optional<String> remark) {
        this.mailbox = mailbox;
        this.limits = limits;
        this.posted = posted;
        this.remark = remark;
    }

    static PostedAnnouncements read(Key mailbox, byte[] text, Limits limits, Instant now) throws InvalidBlock {
        AnnouncementRules rules = new AnnouncementRules(mailbox, limits, now);
        Map<Key, Announcement> valid = new LinkedHashMap<>();
        int invalid = 0;
        InvalidBlock first = null;
        Sections sections = new Sections(text);
        while (sections.next()) {
            try {
                Announcement announcement = rules.read(sections);
                // The last of several equal hashes in one post counts.
                valid.put(announcement.messageHash(), announcement);
            } catch (InvalidBlock e) {
                first = first == null ? e : first;
                invalid++;
            }
        }
        if (valid.isEmpty()) {
            throw first == null ? new InvalidBlock("no announcement in it") : first;
        }
        return new PostedAnnouncements(mailbox, limits, List.copyOf(valid.values()), remark(invalid, first));
    }

    private static Optional<String> remark(int invalid, @Nullable InvalidBlock first) {
        if (first == null) {
            return Optional.empty();
        }
        return Optional.of(
                invalid == 1
                        ? "1 announcement left out: " + first.reason()
                        : invalid + " announcements left out, the first: " + first.reason());
    }

    @Override
    public BlockType type() {
        return BlockType.MESSAGE_ANNOUNCEMENT;
    }

    @Override
    public Optional<String> remark() {
        return remark;
    }

    @Override
    public Merged merge(byte @Nullable [] held, Instant now) {
        return switch (held == null ? null : StoredHead.read(held, held.length)) {
            case null -> replace(posted, List.of());
            case StoredHead.Data _ -> replace(posted, List.of());
            case StoredHead.Foreign _ -> new Merged.Refused(StoredHead.FOREIGN);
            // Of a block of another type nothing is an announcement; of a damaged mailbox something may be left.
            case StoredHead.Text _, StoredHead.Unreadable _ -> merge(announcements(held, now));
        };
    }

    /** The valid ones in what is held, by message hash. Should a hash be there twice, the newer one counts, as when posted. */
    private Map<Key, Announcement> announcements(byte @Nullable [] held, Instant now) {
        Map<Key, Announcement> valid = new LinkedHashMap<>();
        AnnouncementRules rules = new AnnouncementRules(mailbox, limits, now);
        Sections sections = new Sections(held == null ? new byte[0] : held);
        while (sections.next()) {
            Announcement announcement = rules.readIfValid(sections);
            if (announcement != null) {
                valid.merge(
                        announcement.messageHash(),
                        announcement,
                        (one, other) -> other.date().isAfter(one.date()) ? other : one);
            }
        }
        return valid;
    }

    private Merged merge(Map<Key, Announcement> held) {
        List<Announcement> taken = new ArrayList<>();
        for (Announcement announcement : posted) {
            Announcement old = held.get(announcement.messageHash());
            if (old == null || announcement.date().isAfter(old.date())) {
                taken.add(announcement);
                held.remove(announcement.messageHash());
            }
        }
        // Expired ones that could drop out wait for the next post that is taken, or for a prune: no write for their
        // sake.
        return taken.isEmpty() ? new Merged.Unchanged() : replace(taken, List.copyOf(held.values()));
    }

    private static Merged replace(List<Announcement> first, List<Announcement> then) {
        List<Announcement> all = new ArrayList<>(first);
        all.addAll(then);
        long length = (long) SEPARATOR.length * (all.size() - 1);
        for (Announcement announcement : all) {
            length += announcement.length();
        }
        if (length > Announcements.MAILBOX_BYTES_MAX) {
            return new Merged.Refused(
                    "mailbox would have " + length + " bytes, allowed are " + Announcements.MAILBOX_BYTES_MAX);
        }
        byte[] text = new byte[(int) length];
        int at = 0;
        for (Announcement announcement : all) {
            if (at > 0) {
                System.arraycopy(SEPARATOR, 0, text, at, SEPARATOR.length);
                at += SEPARATOR.length;
            }
            System.arraycopy(announcement.source(), announcement.from(), text, at, announcement.length());
            at += announcement.length();
        }
        return new Merged.Replace(text);
    }
}
