package org.confmail.console.view;

import static org.confmail.console.text.Texts.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Supplier;
import org.confmail.console.control.Outcome;

/** Writes what a view shows to a file that the user chooses, in the background. */
public final class FileExport {
    private FileExport() {}

    /**
     * Asks for the file and writes it.
     *
     * @param outcome tells what came of it
     * @param suggestedName the name of the file without a directory
     * @param content what to write, taken in the thread of the window once the file is chosen
     */
    public static void save(Workplace workplace, Outcome outcome, String suggestedName, Supplier<String> content) {
        workplace.questions().fileToSave(text("export.title"), suggestedName).done(file -> {
            String words = content.get();
            outcome.follow(
                    Background.run(
                            workplace.background(),
                            workplace.window(),
                            () -> Files.writeString(file, words, StandardCharsets.UTF_8)),
                    text("export.working", file),
                    written -> text("export.done", written));
        });
    }
}
