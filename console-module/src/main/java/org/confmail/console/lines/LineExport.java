package org.confmail.console.lines;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.confmail.console.lines.LineStore.Slice;
import org.confmail.console.lines.SelectedLines.Range;

/**
 * Lines that are to be written elsewhere, as they were when this was made: the background does it while the window goes on.
 *
 * @param numbers which ones
 * @param slices where they are
 */
record LineExport(List<long[]> numbers, List<Slice> slices) {

    /** All that are shown. */
    static LineExport shown(LineModel model) {
        Matches shown = model.shown();
        return of(model, List.of(shown.copy(0, shown.size())));
    }

    /** Those of the shown ones that are selected. */
    static LineExport selected(LineModel model, SelectedLines selected) {
        Matches shown = model.shown();
        List<long[]> numbers = new ArrayList<>();
        for (Range range : selected.ranges()) {
            numbers.add(shown.copy(shown.place(range.first()), shown.place(range.last() + 1)));
        }
        return of(model, numbers);
    }

    private static LineExport of(LineModel model, List<long[]> numbers) {
        return new LineExport(
                numbers,
                model.store().slices(model.store().first(), model.store().end()));
    }

    /** How many lines it is. */
    int size() {
        return numbers.stream().mapToInt(part -> part.length).sum();
    }

    /** Writes them to a file, in place of what it holds; returns how many there were. */
    int write(Path file, Function<Line, String> format) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            write(writer, format);
        }
        return size();
    }

    /** The lines as text. */
    String text(Function<Line, String> format) throws IOException {
        StringBuilder text = new StringBuilder();
        write(text, format);
        return text.toString();
    }

    private void write(Appendable target, Function<Line, String> format) throws IOException {
        long[] all = numbers.stream().flatMapToLong(Arrays::stream).toArray();
        int next = 0;
        for (Slice slice : slices) {
            long behind = slice.first() + slice.to();
            while (next < all.length && all[next] < behind) {
                int place = (int) (all[next++] - slice.first());
                if (place >= slice.from()) {
                    target.append(format.apply(slice.segment().line(place))).append('\n');
                }
            }
        }
    }
}
