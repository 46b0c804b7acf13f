package org.confmail.console.storage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.console.view.Background;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.Format;
import org.confmail.shared.admin.StorageMethods.Text;
import org.confmail.shared.admin.StorageMethods.WhichText;

/**
 * Writes the newest report to a file on this machine, piece by piece, so that a large one does not stand in memory. The file has
 * its name only once it is whole. Belongs to the thread of the window.
 */
final class ReportDownload {
    private final Remote remote;
    private final Executor background;
    private final Executor window;
    private final Format format;
    private final Path file;
    private final Path part;
    private final Answer<Path> answer = new Answer<>();

    private ReportDownload(Remote remote, Executor background, Executor window, Format format, Path file) {
        this.remote = remote;
        this.background = background;
        this.window = window;
        this.format = format;
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
    }

    /** Gives the file when it is written; one of that name is replaced. */
    static Answer<Path> save(Remote remote, Executor background, Executor window, Format format, Path file) {
        ReportDownload download = new ReportDownload(remote, background, window, format, file);
        download.ask(Optional.empty());
        return download.answer;
    }

    private void ask(Optional<String> after) {
        remote.call(StorageMethods.TEXT, new WhichText(format, after))
                .done(piece -> write(piece, after.isEmpty()))
                .failed(this::giveUp);
    }

    private void giveUp(Problem problem) {
        answer.fail(problem);
        background.execute(() -> part.toFile().delete());
    }

    private void write(Text piece, boolean first) {
        Background.run(background, window, () -> {
                    Files.writeString(
                            part,
                            piece.text(),
                            StandardCharsets.UTF_8,
                            StandardOpenOption.CREATE,
                            first ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND,
                            StandardOpenOption.WRITE);
                    if (piece.next().isEmpty()) {
                        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                    return file;
                })
                .done(written -> {
                    if (piece.next().isPresent()) {
                        ask(piece.next());
                    } else {
                        answer.complete(written);
                    }
                })
                .failed(this::giveUp);
    }
}
