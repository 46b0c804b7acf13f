package org.confmail.server.admin;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.confmail.server.time.Scheduler;
import org.confmail.shared.admin.StorageMethods.Format;

/**
 * The text of the newest report in its forms, as clients fetch it piece by piece. A stretch of many pieces is kept for a while, so
 * that a report is not written anew for each of them; a longer one is for each stretch. One lock, held while a report is written.
 */
final class ReportTexts {
    /** Of a piece. In JSON a character has six bytes at most, and so a message 1.5 of its 2 MiB. */
    static final int PIECE_CHARACTERS = 256 << 10;
    /** Of a stretch: of each form 2 MiB in memory, or 4 where users' names need more than Latin letters. */
    static final int STRETCH_CHARACTERS = 8 * PIECE_CHARACTERS;
    /** Whoever fetches a report asks for the next piece at once. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final Map<Format, Stretch> stretches = new EnumMap<>(Format.class); // guarded by this

    ReportTexts(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * A piece of a report.
     *
     * @param run the run that made it
     * @param from the place of the piece, in characters
     * @param report writes the whole
     */
    synchronized Piece piece(long run, Format format, int from, Source report) throws IOException {
        Stretch stretch = stretches.get(format);
        if (stretch == null || stretch.run != run || !stretch.has(from)) {
            TextPiece written = new TextPiece(from, STRETCH_CHARACTERS);
            report.write(written);
            Stretch fresh = new Stretch(run, from, written.text(), written.more());
            stretches.put(format, fresh);
            scheduler.after(KEPT, () -> forget(format, fresh));
            stretch = fresh;
        }
        return stretch.piece(from);
    }

    private synchronized void forget(Format format, Stretch stretch) {
        stretches.remove(format, stretch);
    }

    /** A report that can be written. */
    @FunctionalInterface
    interface Source {
        void write(Writer out) throws IOException;
    }

    /**
     * A piece.
     *
     * @param end the place behind it
     * @param more whether something follows
     */
    record Piece(String text, int end, boolean more) {}

    private record Stretch(long run, int from, String text, boolean more) {
        /** Whether a piece that begins there is in it: all of it, or what there is at the end of the report. */
        boolean has(int place) {
            return place >= from && (place < from + text.length() || (place == from && text.isEmpty()));
        }

        Piece piece(int place) {
            int start = place - from;
            int end = Math.min(text.length(), start + PIECE_CHARACTERS);
            if (end > start && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++; // both halves of a character go together
            }
            return new Piece(text.substring(start, end), from + end, end < text.length() || more);
        }
    }
}
