package org.confmail.console.accounts;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.Csv;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.FilterField;
import org.confmail.console.control.Outcome;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.remote.OneByOne.Tally;
import org.confmail.console.text.Shown;
import org.confmail.console.view.FileExport;
import org.confmail.console.view.PageView;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.AdminError;
import org.kordamp.ikonli.feather.Feather;

/** Who may log in? */
public final class AccountsView extends PageView {
    /** A question that names more is not read. */
    private static final int NAMED_MAX = 5;

    private final Workplace workplace;
    private final AccountsModel model;
    private final DataTable<Entry> table;
    private final FilterField filter = new FilterField("accounts.filter", _ -> fill());
    private final CheckBox whole = new CheckBox(text("accounts.whole"));
    private final Label warning = new Label(text("accounts.whole.warning"));
    private final Label count = new Label();
    private final Outcome outcome = new Outcome("accounts.outcome");

    /** The view. */
    public AccountsView(Workplace workplace) {
        super(ViewName.ACCOUNTS);
        this.workplace = workplace;
        this.model = watching(new AccountsModel(workplace.remote(), workplace.clockwork()));
        this.table = new DataTable<>("accounts.table", workplace.settings(), Entry::identity, columns());
        table.onDelete(this::disable);
        Button disable = Buttons.dangerous("accounts.disable", Feather.SLASH, this::disable);
        disable.disableProperty().bind(table.nothingSelected().or(workplace.absent()));
        page().addActions(filter, disable);
        page().addGrowing(table.node());
        page().add(below());
        page().add(outcome);
        page().add(new FreshKeys(workplace, model));
        page().add(new NewAccount(model, workplace.absent()));
        model.entries().addListener((_, _, _) -> fill());
        model.problem().addListener((_, _, _) -> fill());
        fill();
    }

    /** Whole keys do not stay on the screen for whoever comes back. */
    @Override
    public void hidden() {
        whole.setSelected(false);
        super.hidden();
    }

    @Override
    public void go(String item) {
        filter.setText(item);
    }

    @Override
    public void find() {
        filter.find();
    }

    @Override
    public void export() {
        FileExport.save(workplace, outcome, "accounts.csv", this::csv);
    }

    @Override
    public boolean unsaved() {
        return model.untaken();
    }

    private static List<Column<Entry>> columns() {
        return List.of(
                Column.<Entry>words("accounts.user", 330, Entry::user)
                        .styled(entry -> entry.kind().equals("user") ? Optional.of("monospace") : Optional.empty()),
                Column.<Entry>words("accounts.meaning", 200, AccountsView::meaning)
                        .styled(entry -> entry.disabled() ? Optional.of("faint") : Optional.empty())
                        .filling(),
                Column.<Entry>words("accounts.key", 340, Entry::key).styled(_ -> Optional.of("monospace")));
    }

    private static String meaning(Entry entry) {
        return text("accounts.meaning." + entry.kind());
    }

    private HBox below() {
        whole.setId("accounts.whole");
        whole.setMnemonicParsing(true);
        whole.selectedProperty().addListener((_, _, wanted) -> model.showWholeKeys(wanted));
        warning.setId("accounts.whole.warning");
        warning.getStyleClass().add("doubtful");
        warning.visibleProperty().bind(whole.selectedProperty());
        warning.managedProperty().bind(warning.visibleProperty());
        count.setId("accounts.count");
        count.getStyleClass().add("faint");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return new HBox(12, count, gap, warning, whole);
    }

    private void fill() {
        List<Entry> all = model.entries().get();
        table.whenEmpty(model.problem()
                .get()
                .map(problem -> text("accounts.unknown", problem.text()))
                .orElse(text(all.isEmpty() ? "accounts.empty" : "accounts.nomatch")));
        table.show(all.stream()
                .filter(entry ->
                        filter.filter().accepts(entry.user(), entry.withoutKey().key(), meaning(entry)))
                .toList());
        count.setText(text("accounts.count", model.total(), table.shown().size()));
    }

    /** Never has whole keys: files lie about. */
    private String csv() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(text("accounts.user"), text("accounts.meaning"), text("accounts.key")));
        for (Entry entry : table.shown()) {
            lines.add(List.of(entry.user(), meaning(entry), entry.withoutKey().key()));
        }
        return Csv.of(lines);
    }

    private void disable() {
        List<Entry> chosen = table.selection().get().stream()
                .filter(entry -> !entry.disabled())
                .toList();
        if (chosen.isEmpty()) {
            outcome.warn(text("accounts.disable.already"));
            return;
        }
        workplace
                .questions()
                .confirm(Confirmation.beforeDestroying("accounts.disable", chosen.size(), names(chosen)))
                .done(wanted -> {
                    if (wanted) {
                        outcome.working(text("accounts.disabling", chosen.size()));
                        model.disable(chosen).done(this::tellDisabled);
                    }
                });
    }

    private void tellDisabled(Tally<Entry> tally) {
        if (tally.refused().isEmpty()) {
            outcome.done(text("accounts.disable.done", tally.done().size(), names(tally.done())));
            return;
        }
        boolean ambiguous =
                tally.refused().stream().anyMatch(refused -> refused.problem().is(AdminError.WRONG_PARAMS));
        String why = tally.refused().getFirst().problem().text();
        outcome.failed(text(
                "accounts.disable.partly",
                tally.done().size(),
                tally.refused().size(),
                ambiguous ? text("accounts.ambiguous", Shown.sentence(why)) : why));
    }

    private static String names(List<Entry> entries) {
        String names = entries.stream()
                .limit(NAMED_MAX)
                .map(entry ->
                        text("accounts.name", entry.user(), entry.withoutKey().key()))
                .collect(Collectors.joining("; "));
        int more = entries.size() - NAMED_MAX;
        return more > 0 ? text("accounts.more", names, more) : names;
    }
}
