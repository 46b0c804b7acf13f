package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextPieceTest {
    private static final int MAX = 200_000;

    private static TextPiece piece(String text, int from, int step) throws Exception {
        TextPiece piece = new TextPiece(from, MAX);
        for (int i = 0; i < text.length(); i += step) {
            piece.write(text.substring(i, Math.min(text.length(), i + step)));
        }
        return piece;
    }

    @Test
    void piecesMakeTheWhole() throws Exception {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < 3 * MAX + 5) {
            text.appendCodePoint(random.nextBoolean() ? 'x' : 0x1F4E7);
        }
        for (int step : new int[] {2_000, 77_777, text.length()}) {
            StringBuilder whole = new StringBuilder();
            TextPiece piece = piece(text.toString(), 0, step);
            whole.append(piece.text());
            while (piece.more()) {
                piece = piece(text.toString(), piece.end(), step);
                assertFalse(Character.isHighSurrogate(
                        piece.text().charAt(piece.text().length() - 1)));
                assertTrue(piece.text().length() <= MAX + 1);
                whole.append(piece.text());
            }
            assertEquals(text.toString(), whole.toString());
        }
    }

    @Test
    void placeBehindTheEndHasNothing() throws Exception {
        TextPiece piece = piece("abc", 5, 1);
        assertEquals("", piece.text());
        assertFalse(piece.more());
    }
}
