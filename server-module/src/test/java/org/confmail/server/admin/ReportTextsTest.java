package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.confmail.server.time.ManualTime;
import org.confmail.shared.admin.StorageMethods.Format;
import org.junit.jupiter.api.Test;

class ReportTextsTest {
    private static final int LENGTH = 2 * ReportTexts.STRETCH_CHARACTERS + 77_777;

    private final ManualTime time = new ManualTime();
    private final ReportTexts texts = new ReportTexts(time);
    private int written;

    private ReportTexts.Piece piece(long run, Format format, int from, String text) throws Exception {
        return texts.piece(run, format, from, out -> {
            written++;
            out.write(text);
        });
    }

    /** A letter and then characters of two halves each, so that pieces would end within one. */
    private static String text(String first) {
        return first + "\uD83D\uDCE7".repeat(LENGTH / 2);
    }

    private String whole(long run, Format format, String text) throws Exception {
        StringBuilder whole = new StringBuilder();
        ReportTexts.Piece piece = piece(run, format, 0, text);
        whole.append(piece.text());
        while (piece.more()) {
            assertTrue(piece.text().length() <= ReportTexts.PIECE_CHARACTERS + 1);
            assertFalse(
                    Character.isHighSurrogate(piece.text().charAt(piece.text().length() - 1)));
            piece = piece(run, format, piece.end(), text);
            whole.append(piece.text());
        }
        return whole.toString();
    }

    @Test
    void longReportIsWrittenForEachStretchAndNotForEachPiece() throws Exception {
        String text = text("x");
        assertEquals(text, whole(1, Format.CSV, text));
        assertEquals(3, written);
    }

    @Test
    void twoWhoFetchDifferentFormsDoNotDisturbEachOther() throws Exception {
        String csv = "c".repeat(ReportTexts.PIECE_CHARACTERS + 1);
        String html = "h".repeat(ReportTexts.PIECE_CHARACTERS + 1);
        int place = piece(1, Format.CSV, 0, csv).end();
        piece(1, Format.HTML, 0, html);
        assertEquals("c", piece(1, Format.CSV, place, csv).text());
        assertEquals("h", piece(1, Format.HTML, place, html).text());
        assertEquals(2, written);
    }

    @Test
    void newerReportIsWrittenAnewAndAnOldOneForgotten() throws Exception {
        assertEquals("one", piece(1, Format.TAB, 0, "one").text());
        assertEquals("two", piece(2, Format.TAB, 0, "two").text());
        assertEquals("two", piece(2, Format.TAB, 0, "two").text());
        assertEquals(2, written);
        time.advance(Duration.ofMinutes(2));
        assertEquals("two", piece(2, Format.TAB, 0, "two").text());
        assertEquals(3, written);
    }

    @Test
    void placeBehindTheEndHasNothing() throws Exception {
        ReportTexts.Piece piece = piece(1, Format.TAB, 99, "one");
        assertEquals("", piece.text());
        assertFalse(piece.more());
    }
}
