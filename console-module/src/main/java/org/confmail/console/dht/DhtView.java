package org.confmail.console.dht;

import static org.confmail.console.text.Texts.text;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.confmail.console.control.Outcome;
import org.confmail.console.dht.Membership.Standing;
import org.confmail.console.view.FileExport;
import org.confmail.console.view.PageView;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;

/** Am I part of the network? */
public final class DhtView extends PageView {
    private final Workplace workplace;
    private final NetworkPane network;
    private final LookupPane lookup;
    private final CountersPane counters;
    private final TabPane tabs = new TabPane();
    private final Tab networkTab;
    private final Tab lookupTab;
    private final Outcome outcome = new Outcome("dht.outcome");

    /** The view. */
    public DhtView(Workplace workplace) {
        super(ViewName.DHT);
        this.workplace = workplace;
        DhtModel model = watching(new DhtModel(workplace.remote(), workplace.clockwork()));
        network = new NetworkPane(workplace, model);
        lookup = new LookupPane(workplace);
        counters = new CountersPane(workplace, model);
        networkTab = tab("dht.tab.network", network);
        lookupTab = tab("dht.tab.lookup", lookup);
        tabs.setId("dht.tabs");
        tabs.getTabs().setAll(networkTab, lookupTab, tab("dht.tab.counters", counters));
        page().add(new MembershipCard(workplace, model));
        page().addGrowing(tabs);
        page().add(outcome);
        model.membership().addListener((_, _, membership) -> show(membership));
        show(model.membership().get());
    }

    /** Looks a key up. */
    @Override
    public void go(String item) {
        tabs.getSelectionModel().select(lookupTab);
        lookup.ask(item);
    }

    @Override
    public void find() {
        if (networkTab.isSelected()) {
            network.find();
        } else {
            tabs.getSelectionModel().select(lookupTab);
            lookup.find();
        }
    }

    @Override
    public void export() {
        if (networkTab.isSelected()) {
            save("dht-contacts.csv", network::csv);
        } else if (lookupTab.isSelected()) {
            save("dht-lookup.csv", lookup::csv);
        } else {
            save("dht-counters.csv", counters::csv);
        }
    }

    private void save(String file, Supplier<String> csv) {
        FileExport.save(workplace, outcome, file, csv);
    }

    private void show(Membership membership) {
        boolean there = membership.standing() != Standing.ABSENT;
        tabs.setVisible(there);
        tabs.setManaged(there);
    }

    private static Tab tab(String key, Node content) {
        Tab tab = new Tab(text(key), content);
        tab.setId(key);
        tab.setClosable(false);
        return tab;
    }
}
