package org.confmail.console.storage;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.Labels;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.PruneCounts;
import org.confmail.shared.admin.StorageMethods.Stores;
import org.confmail.shared.admin.StorageMethods.TypeCounts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Begins a prune or a simulation of one, and shows the last runs and what they counted. */
final class PrunePane extends VBox {
    /** As the server allows. */
    private static final int PAUSE_MAX = 60_000;

    private final Workplace workplace;
    private final StorageModel model;
    private final RunCard run;
    private final DataTable<Ended> runs;
    private final DataTable<Line> counts;
    private final ComboBox<Stores> stores = new ComboBox<>(FXCollections.observableArrayList(Stores.values()));
    private final Spinner<Integer> pause = new Spinner<>(0, PAUSE_MAX, 0);
    /** The run that ended last: when another has, that one is selected. */
    private long newest;

    PrunePane(Workplace workplace, StorageModel model, RunCard run) {
        this.workplace = workplace;
        this.model = model;
        this.run = run;
        getStyleClass().add("tab-page");
        runs = new DataTable<>("storage.runs", workplace.settings(), Ended::kind, runColumns());
        runs.whenEmpty(text("storage.runs.empty"));
        counts = new DataTable<>("storage.counts", workplace.settings(), Line::identity, countColumns());
        counts.whenEmpty(text("storage.counts.empty"));
        runs.selection().addListener((_, _, selected) -> showCounts(selected));
        model.ended().addListener((_, _, ended) -> show(ended));
        VBox.setVgrow(runs.node(), Priority.SOMETIMES);
        VBox.setVgrow(counts.node(), Priority.ALWAYS);
        getChildren()
                .addAll(
                        new SpaceCard(workplace, model),
                        asking(),
                        Labels.title("storage.runs.title"),
                        runs.node(),
                        counts.node());
    }

    String csv() {
        return counts.csv();
    }

    private HBox asking() {
        stores.setId("storage.stores");
        stores.setValue(Stores.LOCAL);
        stores.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Stores which) {
                return which == null ? "" : Runs.stores(which);
            }

            @Override
            public @Nullable Stores fromString(String words) {
                return null;
            }
        });
        stores.setTooltip(new Tooltip(text("storage.stores.help")));
        pause.setId("storage.pause");
        pause.setEditable(true);
        pause.getEditor().setPrefColumnCount(5);
        pause.setTooltip(new Tooltip(text("storage.pause.help")));
        Button simulate = Buttons.of("storage.simulate", Feather.EYE, () -> begin(true));
        Button prune = Buttons.dangerous("storage.prune", Feather.TRASH_2, this::askAndPrune);
        simulate.disableProperty().bind(workplace.absent().or(model.busy()));
        prune.disableProperty().bind(workplace.absent().or(model.busy()));
        HBox line = new HBox(
                8,
                Labels.of("storage.stores.label", stores),
                stores,
                Labels.of("storage.pause.label", pause),
                pause,
                simulate,
                prune);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void askAndPrune() {
        workplace
                .questions()
                .confirm(Confirmation.beforeDestroying("storage.prune", Runs.stores(stores.getValue())))
                .done(wanted -> {
                    if (wanted) {
                        begin(false);
                    }
                });
    }

    private void begin(boolean simulate) {
        pause.commitValue();
        run.follow(model.prune(stores.getValue(), simulate, pause.getValue()));
    }

    private void show(List<Ended> ended) {
        runs.show(ended);
        ended.stream().findFirst().filter(run -> run.run() != newest).ifPresent(run -> {
            newest = run.run();
            runs.select(List.of(run.kind()));
        });
        showCounts(runs.selection().get());
    }

    private void showCounts(List<Ended> selected) {
        counts.show(selected.stream().findFirst().stream()
                .flatMap(ended -> ended.counts().stream())
                .flatMap(Line::of)
                .toList());
    }

    private List<Column<Ended>> runColumns() {
        return List.of(
                Column.words("storage.run.kind", 140, ended -> Runs.kind(ended.kind())),
                Column.<Ended>words("storage.run.result", 95, Runs::outcome).styled(Runs::style),
                Column.<Ended>moment("storage.run.end", 140, ended -> Optional.of(ended.ended()))
                        .showing(ended -> Shown.moment(
                                ended.ended(), workplace.clockwork().now())),
                Column.words("storage.run.by", 130, Ended::startedBy),
                Column.<Ended>words("storage.run.text", 250, Ended::text).filling());
    }

    private static List<Column<Line>> countColumns() {
        return List.of(
                Column.words("storage.count.store", 100, line -> Runs.stores(line.store())),
                Column.<Line>words(
                                "storage.count.type", 180, line -> line.counts().type())
                        .filling(),
                Column.number("storage.count.seen", 100, line -> line.counts().seen()),
                Column.number(
                        "storage.count.deleted", 100, line -> line.counts().deleted()),
                Column.number(
                        "storage.count.trimmed", 100, line -> line.counts().trimmed()),
                Column.number(
                        "storage.count.entries", 100, line -> line.counts().entries()),
                Column.bytes("storage.count.bytes", 125, line -> line.counts().bytes()));
    }

    /** What was counted of a type of block in a store. */
    private record Line(Stores store, TypeCounts counts) {
        static Stream<Line> of(PruneCounts counts) {
            return Stream.concat(counts.types().stream(), Stream.of(counts.total()))
                    .map(type -> new Line(counts.store(), type));
        }

        Object identity() {
            return List.of(store, counts.type());
        }
    }
}
