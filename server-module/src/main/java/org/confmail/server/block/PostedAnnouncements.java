package org.confmail.server.block;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A post of one or more announcements to one mailbox; holds the valid ones. PROTOCOL section 3. */
final class PostedAnnouncements implements TextBlock {
    private final Key mailbox;
    private final Limits limits;
    private final List<Entry> posted;
    private final Optional<String> remark;

    private PostedAnnouncements(Key mailbox, Limits limits, List<Entry> posted, Optional<String> remark) {
        this.mailbox = mailbox;
        this.limits = limits;
        this.posted = posted;
        this.remark = remark;
    }

    static PostedAnnouncements read(Key mailbox, byte[] text, Limits limits, Instant now) throws InvalidBlock {
        AnnouncementRules rules = new AnnouncementRules(mailbox, limits, now);
        Map<Key, Entry> valid = new LinkedHashMap<>();
        LeftOut leftOut = new LeftOut("announcement");
        Sections sections = new Sections(text);
        while (sections.next()) {
            try {
                Entry announcement = rules.read(sections);
                // The last of several equal hashes in one post counts.
                valid.put(announcement.id(), announcement);
            } catch (InvalidBlock e) {
                leftOut.add(e);
            }
        }
        if (valid.isEmpty()) {
            throw leftOut.all();
        }
        return new PostedAnnouncements(mailbox, limits, List.copyOf(valid.values()), leftOut.remark());
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
    public Optional<Key> newMailFor() {
        return NewMail.recipient(posted);
    }

    @Override
    public Merged merge(byte @Nullable [] held, Instant now) {
        return switch (held == null ? null : StoredHead.read(held, held.length)) {
            case null -> Entries.merge(posted, new Entries.Held(), Sections.SEPARATOR);
            case StoredHead.Data _ -> Entries.merge(posted, new Entries.Held(), Sections.SEPARATOR);
            case StoredHead.Foreign _ -> new Merged.Refused(StoredHead.FOREIGN);
            // Of a block of another type nothing is an announcement; of a damaged mailbox something may be left.
            case StoredHead.Text _, StoredHead.Unreadable _ ->
                Entries.merge(posted, announcements(held, now), Sections.SEPARATOR);
        };
    }

    /** The valid ones in what is held. */
    private Entries.Held announcements(byte @Nullable [] held, Instant now) {
        Entries.Held valid = new Entries.Held();
        AnnouncementRules rules = new AnnouncementRules(mailbox, limits, now);
        Sections sections = new Sections(held == null ? new byte[0] : held);
        while (sections.next()) {
            Entry announcement = rules.readIfValid(sections);
            if (announcement != null) {
                valid.add(announcement);
            }
        }
        return valid;
    }
}
