package org.confmail.shared.config;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, line by line, as {@code diff -u} writes it, without file names. */
final class TextDiff {
    /** Unchanged lines shown around a change. */
    private static final int CONTEXT = 3;

    /** Of the table of common lines; beyond it, all between the first and the last difference counts as changed. */
    private static final long CELLS_MAX = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<String> all = new ArrayList<>();

    private TextDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** The lines of both texts with '-', '+' or a blank in front; none where the texts are equal. */
    static List<String> of(List<String> before, List<String> after) {
        TextDiff diff = new TextDiff(before, after);
        diff.compare();
        return diff.changesWithContext();
    }

    /** Where the texts differ, from top to bottom. */
    static List<Hunk> hunks(List<String> before, List<String> after) {
        TextDiff diff = new TextDiff(before, after);
        diff.compare();
        List<Hunk> hunks = new ArrayList<>();
        int old = 0;
        int fresh = 0;
        int oldStart = 0;
        int freshStart = 0;
        for (String line : diff.all) {
            switch (line.charAt(0)) {
                case '-' -> old++;
                case '+' -> fresh++;
                default -> {
                    addHunk(hunks, new Hunk(oldStart, old, freshStart, fresh));
                    oldStart = ++old;
                    freshStart = ++fresh;
                }
            }
        }
        addHunk(hunks, new Hunk(oldStart, old, freshStart, fresh));
        return hunks;
    }

    private static void addHunk(List<Hunk> hunks, Hunk hunk) {
        if (hunk.oldEnd() > hunk.oldStart() || hunk.freshEnd() > hunk.freshStart()) {
            hunks.add(hunk);
        }
    }

    /** The lines of the one text, from a start up to an end, that stand in place of those of the other. Counted from 0. */
    record Hunk(int oldStart, int oldEnd, int freshStart, int freshEnd) {}

    private void compare() {
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        add(' ', before.subList(0, head));
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail));
        add(' ', before.subList(before.size() - tail, before.size()));
    }

    private void middle(List<String> old, List<String> fresh) {
        if ((long) old.size() * fresh.size() > CELLS_MAX) {
            add('-', old);
            add('+', fresh);
            return;
        }
        int[][] common = common(old, fresh);
        int i = 0;
        int j = 0;
        while (i < old.size() && j < fresh.size()) {
            if (old.get(i).equals(fresh.get(j))) {
                all.add(' ' + old.get(i));
                i++;
                j++;
            } else if (common[i + 1][j] >= common[i][j + 1]) {
                all.add('-' + old.get(i));
                i++;
            } else {
                all.add('+' + fresh.get(j));
                j++;
            }
        }
        add('-', old.subList(i, old.size()));
        add('+', fresh.subList(j, fresh.size()));
    }

    /** How many lines the rests from {@code i} and from {@code j} on have in common, in order. */
    private static int[][] common(List<String> old, List<String> fresh) {
        int[][] common = new int[old.size() + 1][fresh.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = fresh.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(fresh.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private void add(char sign, List<String> lines) {
        lines.forEach(line -> all.add(sign + line));
    }

    private List<String> changesWithContext() {
        List<String> shown = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < all.size(); i++) {
            if (!nearChange(i)) {
                continue;
            }
            if (last >= 0 && i > last + 1) {
                shown.add("@@");
            }
            shown.add(all.get(i));
            last = i;
        }
        return shown;
    }

    private boolean nearChange(int line) {
        for (int i = Math.max(0, line - CONTEXT); i <= Math.min(all.size() - 1, line + CONTEXT); i++) {
            if (all.get(i).charAt(0) != ' ') {
                return true;
            }
        }
        return false;
    }
}
