package org.confmail.console.traffic;

import static org.confmail.console.text.Texts.text;

import org.confmail.console.lines.Line;
import org.confmail.console.lines.LineForm;
import org.confmail.console.lines.LineText;
import org.confmail.console.lines.LineView;
import org.confmail.console.lines.Mark;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;

/** What do clients and servers say to each other? */
public final class TrafficView extends LineView {
    private final TrafficModel model;

    /** The view. */
    public TrafficView(Workplace workplace) {
        super(
                ViewName.TRAFFIC,
                workplace,
                new LineForm(
                        "traffic.ways",
                        text("traffic.ways.all"),
                        false,
                        TrafficView::source,
                        LineText::traffic,
                        text("traffic.file.name")));
        panel().whenEmpty(text("traffic.empty"));
        model = new TrafficModel(
                workplace.remote(),
                lines(),
                problem -> panel().outcome().failed(text("traffic.refused", problem.text())));
        fill();
    }

    @Override
    public void shown() {
        model.start();
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
