package org.confmail.console.log;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.confmail.console.remote.Answer;
import org.confmail.console.view.Background;

/** Pages of a file that is read here, in the background: also while there is no server. */
final class FilePages implements Pages {
    private final LogFile file;
    private final Executor background;
    private final Executor window;

    FilePages(Path file, Executor background, Executor window) {
        this.file = new LogFile(file, ZoneId.systemDefault());
        this.background = background;
        this.window = window;
    }

    @Override
    public Answer<Page> newest() {
        return read(() -> file.newest(LINES));
    }

    @Override
    public Answer<Page> from(Instant time) {
        return read(() -> file.from(time, LINES));
    }

    @Override
    public Answer<Page> older(String place) {
        return read(() -> file.before(Long.parseLong(place), LINES));
    }

    @Override
    public Answer<Page> newer(String place) {
        return read(() -> file.behind(Long.parseLong(place), LINES));
    }

    private Answer<Page> read(Callable<Page> reading) {
        return Background.run(background, window, reading);
    }
}
