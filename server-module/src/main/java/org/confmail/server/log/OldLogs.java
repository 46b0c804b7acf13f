package org.confmail.server.log;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The old files beside a log file: its name with the moment, in UTC, at which it was moved aside, so that their names sort as
 * their lines do. Files of any other name are somebody else's.
 */
final class OldLogs {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path directory;
    private final String prefix;

    OldLogs(Path file) {
        this.directory = file.resolveSibling("");
        this.prefix = file.getFileName() + ".";
    }

    /** Those that are there, the oldest first. */
    List<Path> list() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, path -> isOld(path.getFileName()))) {
            files.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(found);
        return found;
    }

    /** The name for a file that is moved aside now: behind all others, also when the clock went back. */
    Path next(Instant now) throws IOException {
        Instant moment = now.truncatedTo(ChronoUnit.SECONDS);
        List<Path> there = list();
        if (!there.isEmpty()) {
            Instant after = moment(there.getLast().getFileName()).plusSeconds(1);
            moment = moment.isBefore(after) ? after : moment;
        }
        return directory.resolve(prefix + MOMENT.format(moment));
    }

    private boolean isOld(Path name) {
        if (!name.toString().startsWith(prefix)) {
            return false;
        }
        try {
            return name.toString().equals(prefix + MOMENT.format(moment(name)));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private Instant moment(Path name) {
        return MOMENT.parse(name.toString().substring(prefix.length()), Instant::from);
    }
}
