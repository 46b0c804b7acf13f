package org.confmail.console.traffic;

import static org.confmail.console.text.Texts.text;

import javafx.scene.Node;
import javafx.scene.Parent;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.LineModel;
import org.confmail.console.lines.LinePanel;
import org.confmail.console.lines.LineText;
import org.confmail.console.lines.Mark;
import org.confmail.console.view.View;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.ViewPage;
import org.confmail.console.view.Workplace;

/** What do clients and servers say to each other? */
public final class TrafficView implements View {
    private final TrafficModel model;
    private final LinePanel panel;
    private final ViewPage page = new ViewPage(ViewName.TRAFFIC);

    /** The view. */
    public TrafficView(Workplace workplace) {
        LineModel lines = new LineModel(workplace.background(), workplace.window(), workplace.clockwork());
        panel = new LinePanel(
                workplace,
                lines,
                new LinePanel.Form(
                        "traffic.ways",
                        text("traffic.ways.all"),
                        false,
                        TrafficView::source,
                        LineText::traffic,
                        text("traffic.file.name")));
        panel.whenEmpty(text("traffic.empty"));
        model = new TrafficModel(
                workplace.remote(),
                workplace.clockwork(),
                lines,
                problem -> panel.outcome().failed(text("traffic.refused", problem.text())));
        page.addActions(panel.actions().toArray(Node[]::new));
        page.addGrowing(panel);
    }

    @Override
    public ViewName name() {
        return ViewName.TRAFFIC;
    }

    @Override
    public Parent content() {
        return page;
    }

    @Override
    public void shown() {
        model.start();
    }

    @Override
    public void hidden() {}

    /** The number of a connection. */
    @Override
    public void go(String item) {
        if (item.matches("\\d{1,18}")) {
            panel.only(Long.parseLong(item));
        }
    }

    @Override
    public void find() {
        panel.find();
    }

    @Override
    public void export() {
        panel.export();
    }

    @Override
    public void close() {
        model.close();
    }

    private static String source(Line line) {
        long connection = line.connection().orElse(0);
        if (line.mark() == Mark.NOTE) {
            return "";
        }
        return connection == 0 ? text("traffic.own") : text("traffic.client", "" + connection);
    }
}
