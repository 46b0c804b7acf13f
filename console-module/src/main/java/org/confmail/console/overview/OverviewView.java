package org.confmail.console.overview;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Csv;
import org.confmail.console.control.Outcome;
import org.confmail.console.overview.History.Sample;
import org.confmail.console.overview.OverviewModel.Glance;
import org.confmail.console.text.Shown;
import org.confmail.console.view.FileExport;
import org.confmail.console.view.PageView;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;

/** Is all well? */
public final class OverviewView extends PageView {
    private final Workplace workplace;
    private final OverviewModel model;
    private final VerdictPane verdict;
    private final FactsPane facts = new FactsPane();
    private final VBox below = new VBox(12);
    private final Outcome outcome = new Outcome("overview.outcome");
    private final List<ChartCard> charts = List.of(
            new ChartCard("overview.connections", Sample::connections, OverviewView::number),
            new ChartCard("overview.requests", Sample::requests, OverviewView::number),
            new ChartCard("overview.bytes", Sample::bytes, OverviewView::bytes),
            new ChartCard("overview.queue", Sample::queued, OverviewView::number),
            new ChartCard("overview.memory", Sample::memory, OverviewView::bytes));

    /** The view. */
    public OverviewView(Workplace workplace) {
        super(ViewName.OVERVIEW);
        this.workplace = workplace;
        this.model = watching(new OverviewModel(workplace.remote(), workplace.clockwork()));
        this.verdict = new VerdictPane(workplace.navigator());
        HBox cards = new HBox(12);
        charts.forEach(chart -> {
            HBox.setHgrow(chart, Priority.ALWAYS);
            cards.getChildren().add(chart);
        });
        below.getChildren().addAll(cards, facts);
        VBox all = new VBox(12, verdict, below);
        all.getStyleClass().add("overview");
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("overview-scroll");
        page().add(outcome);
        page().addGrowing(scroll);
        model.glance().addListener((_, _, now) -> show(now));
        show(model.glance().get());
    }

    @Override
    public void close() {
        model.close();
    }

    /** Writes the history of the charts. */
    @Override
    public void export() {
        FileExport.save(
                workplace, outcome, "overview.csv", () -> csv(model.history().samples()));
    }

    private void show(Glance glance) {
        verdict.show(glance);
        below.setVisible(glance.state().isPresent());
        glance.state().ifPresent(facts::show);
        charts.forEach(chart -> chart.show(model.history()));
    }

    private static String csv(List<Sample> samples) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("time", "connections", "requests/min", "bytes/min", "queued", "memory bytes"));
        for (Sample sample : samples) {
            lines.add(List.of(
                    sample.at().toString(),
                    "" + sample.connections(),
                    "" + sample.requests(),
                    "" + sample.bytes(),
                    "" + sample.queued(),
                    "" + sample.memory()));
        }
        return Csv.of(lines);
    }

    private static String number(double value) {
        return Shown.number(Math.round(value));
    }

    private static String bytes(double value) {
        return Shown.bytes(Math.round(value));
    }
}
