package org.confmail.server.block;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A post of one or more claims to one address; holds the valid ones of the poster's own. PROTOCOL section 3. */
final class PostedClaims implements TextBlock {
    private final Key address;
    private final Limits limits;
    private final List<Entry> posted;
    private final Optional<String> remark;

    private PostedClaims(Key address, Limits limits, List<Entry> posted, Optional<String> remark) {
        this.address = address;
        this.limits = limits;
        this.posted = posted;
        this.remark = remark;
    }

    static PostedClaims read(Key address, byte[] text, Limits limits, Instant now, Poster poster, KnownKeys known)
            throws InvalidBlock {
        ClaimRules rules = new ClaimRules(address, limits, now);
        ClaimSignatures signatures = new ClaimSignatures(known, now);
        Map<Key, Entry> valid = new LinkedHashMap<>();
        LeftOut leftOut = new LeftOut("claim");
        ClaimSections sections = new ClaimSections(Lines.ended(text));
        while (sections.next()) {
            try {
                ClaimRules.Claim claim = rules.read(sections);
                if (!poster.mayPostAs(claim.entry().id())) {
                    throw new InvalidBlock("claim posted by somebody else than its Keyid");
                }
                signatures.require(claim);
                // The last of several of one key in one post counts.
                valid.put(claim.entry().id(), claim.entry());
            } catch (InvalidBlock e) {
                leftOut.add(e);
            }
        }
        if (valid.isEmpty()) {
            throw leftOut.all();
        }
        return new PostedClaims(address, limits, List.copyOf(valid.values()), leftOut.remark());
    }

    @Override
    public BlockType type() {
        return BlockType.ADDRESS_CLAIM;
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
    public Merged merge(HeldText held, Instant now) {
        Entries none = new Entries(type(), ClaimSections.SEPARATOR);
        return Entries.merge(posted, held, none, (file, valid) -> addValid(file, now, valid));
    }

    private void addValid(HeldText.Verbatim held, Instant now, Entries valid) {
        ClaimRules rules = new ClaimRules(address, limits, now);
        ClaimSections sections = new ClaimSections(Lines.ended(held.bytes()));
        while (sections.next()) {
            Entry claim = rules.readIfValid(sections);
            if (claim != null) {
                valid.add(claim);
            }
        }
    }
}
