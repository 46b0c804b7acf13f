package org.confmail.shared.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.confmail.shared.config.TextDiff.Hunk;

/**
 * Puts the changes that two people made to the same lines together. What both put in at the same place stands one below the
 * other; where both changed the same lines, mine stand.
 */
final class TextMerge {
    private final List<String> base;
    private final List<String> mine;
    private final List<String> theirs;
    private final List<String> merged = new ArrayList<>();
    private int overlaps;

    TextMerge(List<String> base, List<String> mine, List<String> theirs) {
        this.base = base;
        this.mine = mine;
        this.theirs = theirs;
        int next = 0;
        for (List<Change> group : groups()) {
            int start = group.getFirst().hunk.oldStart();
            int end = end(group);
            merged.addAll(base.subList(next, start));
            add(group, start, end);
            next = end;
        }
        merged.addAll(base.subList(next, base.size()));
    }

    List<String> lines() {
        return merged;
    }

    /** In how many places both changed the same lines in different ways. */
    int overlaps() {
        return overlaps;
    }

    /** Changes that touch the same lines of the base are in one group. */
    private List<List<Change>> groups() {
        List<Change> changes = Stream.concat(
                        TextDiff.hunks(base, mine).stream().map(hunk -> new Change(hunk, true)),
                        TextDiff.hunks(base, theirs).stream().map(hunk -> new Change(hunk, false)))
                .sorted(Comparator.<Change>comparingInt(change -> change.hunk.oldStart())
                        .thenComparingInt(change -> change.hunk.oldEnd()))
                .toList();
        List<List<Change>> groups = new ArrayList<>();
        for (Change change : changes) {
            if (groups.isEmpty() || !meets(groups.getLast(), change)) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(change);
        }
        return groups;
    }

    private static boolean meets(List<Change> group, Change change) {
        Hunk first = group.getFirst().hunk;
        boolean sameInsertion = first.oldStart() == change.hunk.oldEnd() && first.oldStart() == first.oldEnd();
        return change.hunk.oldStart() < end(group) || sameInsertion;
    }

    private static int end(List<Change> group) {
        return group.stream().mapToInt(change -> change.hunk.oldEnd()).max().orElseThrow();
    }

    private void add(List<Change> group, int start, int end) {
        boolean byMe = group.stream().anyMatch(Change::own);
        boolean byThem = group.stream().anyMatch(change -> !change.own);
        List<String> ours = applied(group, true, start, end);
        List<String> others = applied(group, false, start, end);
        if (byMe && byThem && !ours.equals(others)) {
            if (start == end) {
                merged.addAll(others);
            } else {
                overlaps++;
            }
        }
        merged.addAll(byMe ? ours : others);
    }

    /** What one of the two made of the lines from {@code start} to {@code end}. */
    private List<String> applied(List<Change> group, boolean own, int start, int end) {
        List<String> lines = new ArrayList<>();
        int next = start;
        for (Change change : group) {
            if (change.own == own) {
                lines.addAll(base.subList(next, change.hunk.oldStart()));
                lines.addAll((own ? mine : theirs).subList(change.hunk.freshStart(), change.hunk.freshEnd()));
                next = change.hunk.oldEnd();
            }
        }
        lines.addAll(base.subList(next, end));
        return lines;
    }

    private record Change(Hunk hunk, boolean own) {}
}
