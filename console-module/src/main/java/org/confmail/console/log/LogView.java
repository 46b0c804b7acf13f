package org.confmail.console.log;

import static org.confmail.console.text.Texts.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Outcome;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.LineForm;
import org.confmail.console.lines.LineText;
import org.confmail.console.lines.LineView;
import org.confmail.console.remote.LinkState;
import org.confmail.console.text.Shown;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What happened at three o'clock, and what is the server saying right now? */
public final class LogView extends LineView {
    private static final String ERRORS = "error";

    private final Workplace workplace;
    private final LogModel model;

    /** The view. */
    public LogView(Workplace workplace) {
        super(
                ViewName.LOG,
                workplace,
                new LineForm(
                        "log.level", text("log.level.all"), true, Line::source, LineText::log, text("log.file.name")));
        this.workplace = workplace;
        model = new LogModel(workplace, lines(), telling(panel().outcome()));
        panel().onGoTo(this::goTo);
        panel().onEnd(model::toNow);
        panel().onEdges(model::older, model::newer);
        panel().addNotice(notice());
        fill(new LogDetail(workplace.remote(), panel().outcome()), Buttons.of("log.open", Feather.FOLDER, this::open));
        model.notice().addListener(_ -> tellWhatEmptyMeans());
        tellWhatEmptyMeans();
    }

    @Override
    public void shown() {
        model.start();
    }

    /** A moment as ISO-8601 writes it; {@code error} for errors only; or a text to filter by. */
    @Override
    protected void goElsewhere(String item) {
        if (item.equals(ERRORS)) {
            panel().onlyErrors();
        } else {
            moment(item).ifPresentOrElse(this::goTo, () -> lines().filterText().set(item));
        }
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    @Override
    public void close() {
        model.close();
    }

    private void goTo(Instant time) {
        panel().outcome().working(text("log.time.working", Shown.moment(time)));
        model.goTo(time)
                .done(found -> {
                    if (found) {
                        panel().outcome().done(text("log.time.shown", Shown.moment(time)));
                        panel().showTime(time);
                    } else {
                        panel().outcome().warn(text("log.time.none", Shown.moment(time)));
                    }
                })
                .failed(panel().outcome()::failed);
    }

    private void tellWhatEmptyMeans() {
        boolean gone = workplace.remote().state().get() instanceof LinkState.Gone;
        panel().whenEmpty(text(gone ? "log.empty.gone" : "log.empty"));
    }

    private void open() {
        workplace
                .questions()
                .fileToOpen(text("log.open.title"), workplace.server().home())
                .done(model::open);
    }

    private HBox notice() {
        Label words = new Label();
        words.setId("log.notice");
        words.setWrapText(true);
        words.textProperty().bind(model.notice());
        HBox box = new HBox(new FontIcon(Feather.ARCHIVE), words);
        box.getStyleClass().add("line-notice");
        box.visibleProperty().bind(model.notice().isNotEmpty());
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private static Optional<Instant> moment(String item) {
        try {
            return Optional.of(Instant.parse(item));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LogModel.Tell telling(Outcome outcome) {
        return new LogModel.Tell() {
            @Override
            public void working(String words) {
                outcome.working(words);
            }

            @Override
            public void done(String words) {
                outcome.done(words);
            }

            @Override
            public void failed(String reason) {
                outcome.failed(reason);
            }

            @Override
            public void nothing() {
                outcome.clear();
            }
        };
    }
}
