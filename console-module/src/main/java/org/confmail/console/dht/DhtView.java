package org.confmail.console.dht;

import static org.confmail.console.text.Texts.text;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.confmail.console.control.Outcome;
import org.confmail.console.dht.Membership.Standing;
import org.confmail.console.view.FileExport;
import org.confmail.console.view.View;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.ViewPage;
import org.confmail.console.view.Workplace;

/** Am I part of the network? */
public final class DhtView implements View {
    private final Workplace workplace;
    private final DhtModel model;
    private final NetworkPane network;
    private final LookupPane lookup;
    private final CountersPane counters;
    private final TabPane tabs = new TabPane();
    private final Tab networkTab;
    private final Tab lookupTab;
    private final Outcome outcome = new Outcome("dht.outcome");
    private final ViewPage page = new ViewPage(ViewName.DHT);

    /** The view. */
    public DhtView(Workplace workplace) {
        this.workplace = workplace;
        this.model = new DhtModel(workplace.remote(), workplace.clockwork());
        network = new NetworkPane(workplace, model);
        lookup = new LookupPane(workplace);
        counters = new CountersPane(workplace, model);
        networkTab = tab("dht.tab.network", network);
        lookupTab = tab("dht.tab.lookup", lookup);
        tabs.setId("dht.tabs");
        tabs.getTabs().setAll(networkTab, lookupTab, tab("dht.tab.counters", counters));
        page.add(new MembershipCard(workplace, model));
        page.addGrowing(tabs);
        page.add(outcome);
        model.membership().addListener((_, _, membership) -> show(membership));
        show(model.membership().get());
    }

    @Override
    public ViewName name() {
        return ViewName.DHT;
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
    public void hidden() {
        model.stop();
    }

    /** Looks a key up. */
    @Override
    public void go(String item) {
        tabs.getSelectionModel().select(lookupTab);
        lookup.ask(item);
    }

    @Override
    public void refresh() {
        model.refresh();
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
