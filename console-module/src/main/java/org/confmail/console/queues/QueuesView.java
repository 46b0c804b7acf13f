package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.Outcome;
import org.confmail.console.remote.Problem;
import org.confmail.console.text.Shown;
import org.confmail.console.view.FileExport;
import org.confmail.console.view.PageView;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Done;
import org.confmail.shared.admin.QueueMethods.Entry;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.confmail.shared.admin.QueueMethods.Removed;
import org.confmail.shared.admin.QueueMethods.Target;
import org.kordamp.ikonli.feather.Feather;

/** Why is it stuck, and what do I do? */
public final class QueuesView extends PageView {
    private static final KeyCombination RETRY = new KeyCodeCombination(KeyCode.T, KeyCombination.SHORTCUT_DOWN);
    private static final double TOP_SHARE = 0.55;

    private final Workplace workplace;
    private final TargetsModel targets;
    private final EntriesModel entries;
    private final AgeModel ages;
    private final RemovedModel removed;
    private final ProbeModel probe;
    private final Actions actions;
    private final Removal removal;

    private final TargetsPane targetsPane;
    private final EntriesPane entriesPane;
    private final RemovedPane removedPane;
    private final RemovalBar removalBar;
    private final DetailPane detail;
    private final AgeChart chart = new AgeChart();
    private final ProbePane probePane = new ProbePane();
    private final Outcome outcome = new Outcome("queues.outcome");
    private final Button undo;
    private final TabPane tabs = new TabPane();
    private final Tab entriesTab = new Tab();
    private final Tab probeTab = new Tab(text("queues.tab.probe"));
    private final Tab removedTab = new Tab();

    /** The view. */
    public QueuesView(Workplace workplace) {
        super(ViewName.QUEUES);
        this.workplace = workplace;
        this.entries = watching(new EntriesModel(workplace.remote(), workplace.clockwork()));
        this.targets = watching(new TargetsModel(workplace.remote(), workplace.clockwork(), entries::changed));
        this.ages = watching(new AgeModel(
                workplace.remote(),
                workplace.clockwork(),
                () -> targets.rows().get().stream().map(TargetRow::line).toList()));
        this.removed = watching(new RemovedModel(workplace.remote(), workplace.clockwork()));
        this.probe = new ProbeModel(workplace.remote());
        this.actions = new Actions(workplace.remote());
        this.removal = new Removal(workplace.remote(), workplace.questions(), this::refresh);
        this.removalBar = new RemovalBar(removal, this::remove);
        this.targetsPane = new TargetsPane(workplace.settings());
        this.entriesPane = new EntriesPane(workplace.settings(), removalBar, this::remove);
        this.removedPane = new RemovedPane(workplace.settings(), batch -> restore(batch.batch()));
        this.detail = new DetailPane(workplace.navigator());
        this.undo = Buttons.of("queues.undo", Feather.ROTATE_CCW, this::undo);
        actionsOnTop();
        page().add(outcomeLine());
        page().addGrowing(parts());
        page().addEventHandler(KeyEvent.KEY_PRESSED, pressed -> {
            if (RETRY.match(pressed)) {
                act(QueueMethods.RETRY);
                pressed.consume();
            }
        });
        showWhatIsKnown();
    }

    @Override
    public void close() {
        probe.close();
    }

    /** Selects a target by its name. */
    @Override
    public void go(String item) {
        targetsPane.select(item);
        tabs.getSelectionModel().select(entriesTab);
        targetsPane.table().node().requestFocus();
    }

    @Override
    public void refresh() {
        super.refresh();
        removalBar.count();
    }

    @Override
    public void find() {
        boolean below = hasFocus(tabs) && entriesTab.isSelected();
        (below ? entriesPane.filter() : targetsPane.filter()).requestFocus();
    }

    /** Writes the table that is worked in: the one below when the cursor is there, otherwise the targets. */
    @Override
    public void export() {
        DataTable<?> table = targetsPane.table();
        String name = "targets.csv";
        if (hasFocus(tabs) && entriesTab.isSelected()) {
            table = entriesPane.table();
            name = "entries.csv";
        } else if (hasFocus(tabs) && removedTab.isSelected()) {
            table = removedPane.table();
            name = "removed.csv";
        }
        FileExport.save(workplace, outcome, name, table::csv);
    }

    private void actionsOnTop() {
        BooleanBinding nothing = targetsPane.table().selection().isEqualTo(List.of());
        Button retry = Buttons.main("queues.retry", Feather.PLAY, () -> act(QueueMethods.RETRY));
        Button probing = Buttons.of("queues.probe", Feather.ACTIVITY, this::probe);
        Button hold = Buttons.of("queues.hold", Feather.PAUSE, () -> act(QueueMethods.HOLD));
        Button release = Buttons.of("queues.release", Feather.UNLOCK, () -> act(QueueMethods.RELEASE));
        BooleanBinding gone = Bindings.createBooleanBinding(
                () -> !workplace.remote().state().get().connected(),
                workplace.remote().state());
        for (Button button : List.of(retry, probing, hold, release)) {
            button.disableProperty().bind(nothing.or(gone));
        }
        page().addActions(targetsPane.filter(), retry, probing, hold, release);
        targetsPane.table().addAction(menuItem("queues.release", () -> act(QueueMethods.RELEASE)));
        targetsPane.table().addAction(menuItem("queues.hold", () -> act(QueueMethods.HOLD)));
        targetsPane.table().addAction(menuItem("queues.probe", this::probe));
        targetsPane.table().addAction(menuItem("queues.retry", () -> act(QueueMethods.RETRY)));
        targetsPane.table().onOpen(_ -> {
            tabs.getSelectionModel().select(entriesTab);
            entriesPane.table().node().requestFocus();
        });
    }

    private HBox outcomeLine() {
        undo.visibleProperty().bind(removal.last().map(Optional::isPresent));
        undo.managedProperty().bind(undo.visibleProperty());
        HBox line = new HBox(10, outcome, undo);
        line.getStyleClass().add("queue-head");
        line.managedProperty().bind(outcome.visibleProperty().or(undo.visibleProperty()));
        return line;
    }

    private SplitPane parts() {
        HBox.setHgrow(detail, Priority.ALWAYS);
        HBox why = new HBox(12, detail, chart);
        why.getStyleClass().add("queue-why");
        VBox.setVgrow(targetsPane, Priority.ALWAYS);
        VBox top = new VBox(10, targetsPane, why);
        top.getStyleClass().add("queue-top");
        tabs.setId("queues.tabs");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        entriesTab.setContent(entriesPane);
        probeTab.setContent(probePane);
        removedTab.setContent(removedPane);
        tabs.getTabs().addAll(entriesTab, probeTab, removedTab);
        SplitPane split = new SplitPane(top, tabs);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(TOP_SHARE);
        return split;
    }

    private void showWhatIsKnown() {
        targets.rows().addListener((_, before, now) -> {
            showTargets();
            if (!waiting(before).equals(waiting(now))) {
                ages.refresh();
                showAges();
            }
        });
        targets.known().addListener((_, _, _) -> showTargets());
        targets.problem().addListener((_, _, _) -> showTargets());
        targetsPane.selected().addListener((_, _, now) -> {
            entries.show(now);
            removalBar.show(now);
            showDetail();
        });
        entries.content().addListener((_, _, now) -> {
            entriesPane.show(now);
            showTabTitles();
        });
        entries.problem().addListener((_, _, now) -> entriesPane.show(now));
        ages.ages().addListener((_, _, _) -> showAges());
        removed.batches().addListener((_, _, now) -> {
            removedPane.table().show(now);
            showTabTitles();
        });
        probe.probe().addListener((_, _, now) -> probePane.show(now));
        showTargets();
        entriesPane.show(entries.content().get());
        showTabTitles();
    }

    private void showTargets() {
        Optional<Problem> problem = targets.problem().get();
        targetsPane
                .table()
                .whenEmpty(
                        problem.isPresent()
                                ? text("queues.problem", problem.get().text())
                                : !targets.known().get()
                                        ? text("queues.asking")
                                        : targetsPane.filter().getText().isBlank()
                                                ? text("queues.empty")
                                                : text("queues.nomatch"));
        targetsPane.show(targets.rows().get());
        showDetail();
    }

    private void showDetail() {
        Optional<String> chosen = targetsPane.selected().get();
        Optional<TargetRow> row = targets.rows().get().stream()
                .filter(each -> chosen.filter(each.target()::equals).isPresent())
                .findFirst();
        row.ifPresentOrElse(
                detail::show,
                () -> detail.showNothing(chosen.filter(_ -> targets.known().get())
                        .map(name -> text("queues.detail.gone", name))
                        .orElse("")));
    }

    private void showAges() {
        chart.show(ages.ages().get(), !waiting(targets.rows().get()).isEmpty());
    }

    private void showTabTitles() {
        EntriesModel.Content content = entries.content().get();
        entriesTab.setText(content.target()
                .map(name -> text("queues.tab.entriesof", name, Shown.number(content.total())))
                .orElse(text("queues.tab.entries")));
        removedTab.setText(text("queues.tab.removed", removed.batches().get().size()));
    }

    private void act(AdminMethod<Target, Done> method) {
        List<String> chosen = targetsPane.table().selection().get().stream()
                .map(TargetRow::target)
                .toList();
        if (!chosen.isEmpty()) {
            outcome.follow(actions.each(method, chosen), text("queues.working"), words -> words)
                    .ended(targets::refresh);
        }
    }

    private void probe() {
        targetsPane.table().selection().get().stream().findFirst().ifPresent(row -> {
            tabs.getSelectionModel().select(probeTab);
            probe.begin(row.target());
        });
    }

    private void remove(String target, List<Entry> chosen) {
        remove(Removal.only(target, chosen.stream().map(Entry::name).toList()), text("queues.remove.selected", target));
    }

    private void remove(Filter filter, String what) {
        removal.remove(filter, what).done(this::tellRemoved).failed(outcome::failed);
    }

    private void tellRemoved(Removed gone) {
        outcome.done(text("queues.removed", Counts.entries(gone.entries(), gone.bytes())));
    }

    private void undo() {
        removal.last().get().ifPresent(batch -> restore(batch.batch()));
    }

    private void restore(String batch) {
        outcome.follow(
                removal.restore(batch),
                text("queues.working"),
                count -> text("queues.restored", Counts.entries(count.entries(), count.bytes())));
    }

    /** The targets for which something waits. */
    private static List<String> waiting(List<TargetRow> rows) {
        return rows.stream()
                .filter(row -> row.line().entries() > 0)
                .map(TargetRow::target)
                .sorted()
                .toList();
    }

    private static boolean hasFocus(Parent part) {
        Node focused = part.getScene() == null ? null : part.getScene().getFocusOwner();
        while (focused != null && !focused.equals(part)) {
            focused = focused.getParent();
        }
        return focused != null;
    }

    private static MenuItem menuItem(String key, Runnable action) {
        MenuItem item = new MenuItem(text(key));
        item.setMnemonicParsing(true);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
