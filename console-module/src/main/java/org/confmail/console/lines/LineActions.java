package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.confmail.console.control.Outcome;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Background;
import org.confmail.console.view.Workplace;

/** What is done with the lines of a list: copied, exported, looked through for errors, or shown by connection. */
final class LineActions {
    private final Workplace workplace;
    private final LineModel model;
    private final LineForm form;
    private final LineList list;
    private final Outcome outcome;
    /** The filter is being waited for. */
    private boolean exporting;

    LineActions(Workplace workplace, LineModel model, LineForm form, LineList list, Outcome outcome) {
        this.workplace = workplace;
        this.model = model;
        this.form = form;
        this.list = list;
        this.outcome = outcome;
    }

    /** Writes all lines that pass the filter to a file, as soon as all have been looked at. */
    void export() {
        if (exporting) {
            return;
        }
        exporting = true;
        outcome.working(text("lines.export.waiting"));
        // Not amid the changes of the list: a dialog is shown.
        model.shown().whenIdle(() -> workplace.window().execute(this::exportShown));
    }

    private void exportShown() {
        exporting = false;
        outcome.clear();
        LineExport lines = LineExport.shown(model);
        if (lines.size() == 0) {
            outcome.failed(text("lines.export.nothing"));
            return;
        }
        workplace
                .questions()
                .fileToSave(text("lines.export.title", Shown.number(lines.size())), form.file())
                .done(file -> export(lines, file));
    }

    /** Puts the selected lines into the clipboard. */
    void copy() {
        LineExport lines = LineExport.selected(model, list.selected());
        if (lines.size() == 0) {
            outcome.failed(text("lines.copy.nothing"));
            return;
        }
        Background.run(workplace.background(), workplace.window(), () -> lines.text(form.format()))
                .done(words -> {
                    ClipboardContent content = new ClipboardContent();
                    content.putString(words);
                    Clipboard.getSystemClipboard().setContent(content);
                    outcome.done(text("lines.copy.done", lines.size(), Shown.number(lines.size())));
                })
                .failed(outcome::failed);
    }

    void nextError() {
        tellError(
                model.next(
                        Mark.ERROR,
                        list.selected().lead().orElseGet(() -> model.store().first() - 1)),
                "lines.error.none.next");
    }

    void previousError() {
        tellError(model.previous(Mark.ERROR, list.position()), "lines.error.none.previous");
    }

    /** Shows only lines of the connection that the selected line is about. */
    void onlyThisConnection() {
        OptionalLong connection = list.leadLine().map(Line::connection).orElse(OptionalLong.empty());
        if (connection.isPresent()) {
            model.connection().set(connection);
            outcome.clear();
        } else {
            outcome.failed(text("lines.only.none"));
        }
    }

    private void export(LineExport lines, Path file) {
        outcome.follow(
                Background.run(workplace.background(), workplace.window(), () -> lines.write(file, form.format())),
                text("lines.export.working"),
                written -> text("lines.export.done", written, Shown.number(written), file));
    }

    private void tellError(Optional<Long> found, String none) {
        outcome.clear();
        found.ifPresentOrElse(list::show, () -> outcome.warn(text(none)));
    }
}
