package org.confmail.console.storage;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.confmail.console.control.Outcome;
import org.confmail.console.remote.Problem;
import org.confmail.console.view.FileExport;
import org.confmail.console.view.PageView;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;

/** Who uses how much? */
public final class StorageView extends PageView {
    private final Workplace workplace;
    private final UsagePane usage;
    private final PrunePane prune;
    private final TabPane tabs = new TabPane();
    private final Tab usageTab;
    private final Label problem = new Label();
    private final Outcome outcome = new Outcome("storage.outcome");

    /** The view. */
    public StorageView(Workplace workplace) {
        super(ViewName.STORAGE);
        this.workplace = workplace;
        StorageModel model = watching(new StorageModel(workplace.remote(), workplace.clockwork()));
        RunCard run = new RunCard(workplace, model);
        usage = new UsagePane(workplace, model, run);
        prune = new PrunePane(workplace, model, run);
        usageTab = tab("storage.tab.usage", usage);
        tabs.setId("storage.tabs");
        tabs.getTabs().setAll(usageTab, tab("storage.tab.prune", prune));
        problem.setId("storage.problem");
        problem.setWrapText(true);
        problem.getStyleClass().add("bad");
        page().add(run);
        page().add(problem);
        page().addGrowing(tabs);
        page().add(outcome);
        model.problem().addListener((_, _, why) -> show(why));
        show(model.problem().get());
    }

    @Override
    public void find() {
        tabs.getSelectionModel().select(usageTab);
        usage.find();
    }

    @Override
    public void export() {
        if (usageTab.isSelected()) {
            FileExport.save(workplace, outcome, "usage.csv", usage::csv);
        } else {
            FileExport.save(workplace, outcome, "prune.csv", prune::csv);
        }
    }

    private void show(Optional<Problem> why) {
        problem.setVisible(why.isPresent());
        problem.setManaged(why.isPresent());
        problem.setText(why.map(told -> text("storage.unknown", told.text())).orElse(""));
    }

    private static Tab tab(String key, Node content) {
        Tab tab = new Tab(text(key), content);
        tab.setId(key);
        tab.setClosable(false);
        return tab;
    }
}
