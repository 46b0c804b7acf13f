package org.confmail.server.block;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    public long length() {
        return posted.stream().mapToLong(Entry::length).sum();
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
    public Merged merge(HeldText held, Instant now) {
        Entries none = new Entries(type(), Sections.SEPARATOR);
        return Entries.merge(posted, held, none, (file, valid) -> addValid(file, now, valid));
    }

    private void addValid(HeldText.Verbatim held, Instant now, Entries valid) {
        Optional<Entries> known = held.known(type());
        byte[] text = held.bytes();
        int unknown = text.length - known.map(entries -> entries.bytes().length).orElse(0);
        AnnouncementRules rules = new AnnouncementRules(mailbox, limits, now);
        Sections sections = new Sections(text, unknown);
        while (sections.next()) {
            Entry announcement = rules.readIfValid(sections);
            if (announcement != null) {
                valid.add(announcement);
            }
        }
        for (Entry announcement : known.map(Entries::all).orElse(List.of())) {
            if (limits.isTimely(type(), announcement.date(), now)) { // the only thing in it that time changes
                valid.add(announcement);
            }
        }
    }
}
