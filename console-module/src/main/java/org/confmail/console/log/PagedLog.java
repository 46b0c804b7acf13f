package org.confmail.console.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.LineModel;
import org.confmail.console.lines.LineStore;
import org.confmail.console.lines.Mark;
import org.confmail.console.log.Pages.Page;
import org.confmail.console.remote.Answer;

/**
 * Puts pages of a log file before and behind the lines that are there. Where the file goes on is known from the page before, or
 * found by the time of the outermost line: lines of the same millisecond are counted, so that none comes twice or is left out.
 */
final class PagedLog {
    private final LineModel lines;
    private final LineStore store;
    private Pages pages;
    private Answer<Page> asked = new Answer<>();
    private Optional<Place> older = Optional.empty();
    private Optional<Place> newer = Optional.empty();

    PagedLog(LineModel lines, Pages pages) {
        this.lines = lines;
        this.store = lines.store();
        this.pages = pages;
    }

    /** Takes pages from elsewhere from now on; a page that is under way is not told any more. */
    void use(Pages other) {
        asked.drop();
        pages = other;
        older = Optional.empty();
        newer = Optional.empty();
    }

    /** A page that is under way is not told any more. */
    void close() {
        asked.drop();
    }

    /** Whether a page is under way. */
    boolean isBusy() {
        return !asked.isOver();
    }

    /** Whether the file begins with the oldest line that is there. */
    boolean isAtBeginning() {
        return older.filter(place -> place.number == store.first() && place.name.isEmpty())
                .isPresent();
    }

    /** Puts older lines before those that are there; how many. They may cost newer ones. */
    Answer<Integer> older() {
        if (isAtBeginning()) {
            return Answer.of(0);
        }
        if (store.size() == 0) {
            return newest();
        }
        Optional<String> known =
                older.filter(place -> place.number == store.first()).flatMap(Place::name);
        if (known.isPresent()) {
            return counted(pages.older(known.get()), page -> prepend(page.lines(), page.older()));
        }
        Instant first = outermost(true);
        return counted(pages.from(first), page -> {
            int missing = Math.max(0, count(page.lines(), first) - outermostCount(true, first));
            return prepend(page.lines().subList(0, missing), page.older());
        });
    }

    /** Puts newer lines behind those that are there; how many. They may cost older ones. */
    Answer<Integer> newer() {
        if (store.size() == 0) {
            return newest();
        }
        Optional<String> known =
                newer.filter(place -> place.number == store.end()).flatMap(Place::name);
        if (known.isPresent()) {
            return counted(pages.newer(known.get()), page -> append(page.lines(), page.newer()));
        }
        Instant last = outermost(false);
        return counted(pages.from(last), page -> {
            int there = Math.min(count(page.lines(), last), outermostCount(false, last));
            return append(page.lines().subList(there, page.lines().size()), page.newer());
        });
    }

    /** Shows the newest page of the file instead of what is there; how many lines it has. */
    Answer<Integer> newest() {
        return counted(pages.newest(), this::replace);
    }

    /** Shows the lines from a time on instead of what is there, unless there are none; how many. */
    Answer<Integer> from(Instant time) {
        return counted(pages.from(time), page -> page.lines().isEmpty() ? 0 : replace(page));
    }

    private Answer<Integer> counted(Answer<Page> answer, Taking taking) {
        asked.drop();
        asked = answer;
        Answer<Integer> count = new Answer<>();
        answer.done(page -> count.complete(taking.take(page))).failed(count::fail);
        return count;
    }

    private int replace(Page page) {
        lines.clear();
        lines.append(page.lines());
        older = Optional.of(new Place(store.first(), page.older()));
        newer = Optional.of(new Place(store.end(), Optional.of(page.newer())));
        return page.lines().size();
    }

    private int prepend(List<Line> more, Optional<String> before) {
        if (lines.prepend(more)) {
            lines.live().set(false);
        }
        older = Optional.of(new Place(store.first(), before));
        return more.size();
    }

    private int append(List<Line> more, String behind) {
        lines.append(more);
        newer = Optional.of(new Place(store.end(), Optional.of(behind)));
        return more.size();
    }

    /** The time of the oldest or newest line of the file that is there. */
    private Instant outermost(boolean oldest) {
        for (int i = 0; i < store.size(); i++) {
            Optional<Line> line = at(oldest, i).filter(found -> found.mark() != Mark.NOTE);
            if (line.isPresent()) {
                return line.get().time();
            }
        }
        return Instant.EPOCH;
    }

    private int outermostCount(boolean oldest, Instant time) {
        int count = 0;
        for (int i = 0; i < store.size(); i++) {
            Optional<Line> line = at(oldest, i).filter(found -> found.mark() != Mark.NOTE);
            if (line.isPresent()) {
                if (!line.get().time().equals(time)) {
                    return count;
                }
                count++;
            }
        }
        return count;
    }

    private Optional<Line> at(boolean fromOldest, int distance) {
        return store.line(fromOldest ? store.first() + distance : store.end() - 1 - distance);
    }

    private static int count(List<Line> lines, Instant time) {
        return (int) lines.stream().filter(line -> line.time().equals(time)).count();
    }

    @FunctionalInterface
    private interface Taking {
        int take(Page page);
    }

    /**
     * Where the file goes on.
     *
     * @param number of the outermost line, for which this is true only
     * @param name as the pages call it; empty = nowhere
     */
    private record Place(long number, Optional<String> name) {}
}
