package org.confmail.console.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.console.lines.Line;
import org.confmail.console.remote.Answer;

/** A log file, page by page: asked of the server, or read here. */
interface Pages {
    /** Lines of a page: what a message of the server has room for. */
    int LINES = 1000;

    /** The newest lines. */
    Answer<Page> newest();

    /** The first line at or after a time, and what follows. */
    Answer<Page> from(Instant time);

    /** The lines before a page. */
    Answer<Page> older(String place);

    /** The lines behind a page. */
    Answer<Page> newer(String place);

    /**
     * Some lines in a row; perhaps none though there are others.
     *
     * @param file the file
     * @param older names the page before; absent at the beginning of the file
     * @param newer names the page behind, also where there is nothing yet
     */
    record Page(String file, List<Line> lines, Optional<String> older, String newer) {
        public Page {
            lines = List.copyOf(lines);
        }
    }
}
