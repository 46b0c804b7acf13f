package org.confmail.console.storage;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.confmail.console.control.Bars;
import org.confmail.console.control.Bars.Bar;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.FilterField;
import org.confmail.console.control.Outcome;
import org.confmail.console.storage.UsageModel.Shares;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.StorageMethods.Format;
import org.confmail.shared.admin.StorageMethods.State;
import org.confmail.shared.admin.StorageMethods.UsageRow;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The newest report: who uses how much, as a table and a picture, and to be saved; and making another. */
final class UsagePane extends VBox {
    private static final int LARGEST = 8;
    private static final List<Long> BLOCK_SIZES = List.of(1L, 512L, 4096L);

    private final Workplace workplace;
    private final StorageModel model;
    private final UsageModel usage;
    private final RunCard run;
    private final DataTable<UsageRow> table;
    private final FilterField filter = new FilterField("storage.filter", _ -> fill());
    private final Label summary = new Label();
    private final Bars picture = new Bars("storage.picture");
    private final ComboBox<Long> blockSize = new ComboBox<>(FXCollections.observableArrayList(BLOCK_SIZES));
    private final Outcome saved = new Outcome("storage.saved");

    UsagePane(Workplace workplace, StorageModel model, RunCard run) {
        this.workplace = workplace;
        this.model = model;
        this.run = run;
        usage = new UsageModel(workplace.remote());
        table = new DataTable<>("storage.usage", workplace.settings(), UsagePane::identity, columns());
        getStyleClass().add("tab-page");
        summary.setId("storage.summary");
        summary.setWrapText(true);
        Label heading = new Label(text("storage.largest"));
        heading.getStyleClass().add("card-title");
        ScrollPane bars = new ScrollPane(picture);
        bars.setFitToWidth(true);
        VBox card = new VBox(heading, bars);
        card.getStyleClass().addAll("card", "largest");
        card.visibleProperty().bind(usage.shares().map(Optional::isPresent));
        card.managedProperty().bind(card.visibleProperty());
        VBox.setVgrow(table.node(), Priority.ALWAYS);
        getChildren().addAll(head(), summary, table.node(), card, saved);
        usage.shares().addListener((_, _, _) -> fill());
        usage.problem().addListener((_, _, _) -> fill());
        model.state().addListener((_, _, state) -> usage.follow(state.flatMap(State::report)));
        fill();
    }

    void find() {
        filter.find();
    }

    /** The table as it is shown; the whole report is saved by its own menu. */
    String csv() {
        return table.csv();
    }

    private HBox head() {
        blockSize.setId("storage.blocksize");
        blockSize.setValue(4096L);
        blockSize.setMinWidth(USE_PREF_SIZE);
        blockSize.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Long size) {
                return size == null ? "" : text(size == 1 ? "storage.exact" : "storage.rounded", Shown.bytes(size));
            }

            @Override
            public @Nullable Long fromString(String words) {
                return null;
            }
        });
        blockSize.setTooltip(new Tooltip(text("storage.blocksize.help")));
        Button report = Buttons.main("storage.report", Feather.PIE_CHART, this::report);
        report.disableProperty().bind(workplace.absent().or(model.busy()));
        MenuButton save = new MenuButton(text("storage.save"), new FontIcon(Feather.SAVE));
        save.setId("storage.save");
        save.setMnemonicParsing(true);
        save.setMinWidth(USE_PREF_SIZE);
        save.setTooltip(new Tooltip(text("storage.save.help")));
        save.disableProperty().bind(workplace.absent().or(model.withoutReport()));
        for (Format format : Format.values()) {
            MenuItem item = new MenuItem(text("storage.save." + format));
            item.setId("storage.save." + format);
            item.setOnAction(_ -> save(format));
            save.getItems().add(item);
        }
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(8, filter, gap, blockSize, report, save);
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private void report() {
        run.follow(model.report(blockSize.getValue()));
    }

    private void save(Format format) {
        String name = "usage." + (format == Format.TAB ? "txt" : format.name().toLowerCase(Locale.ROOT));
        workplace
                .questions()
                .fileToSave(text("storage.save.title"), name)
                .done(file -> saved.follow(
                        ReportDownload.save(
                                workplace.remote(), workplace.background(), workplace.window(), format, file),
                        text("export.working", file),
                        written -> text("export.done", written)));
    }

    private void fill() {
        Optional<Shares> shares = usage.shares().get();
        table.whenEmpty(text(shares.isEmpty() ? "storage.noreport" : "storage.nomatch"));
        List<UsageRow> all = shares.map(Shares::rows).orElse(List.of());
        table.show(all.stream()
                .filter(row -> filter.filter().accepts(name(row), row.key().orElse("")))
                .toList());
        summary.setVisible(shares.isPresent());
        summary.setManaged(shares.isPresent());
        shares.ifPresent(this::showTotals);
        usage.problem().get().ifPresent(problem -> saved.failed(text("storage.unread", problem.text())));
    }

    private void showTotals(Shares shares) {
        UsageRow total = shares.total();
        String words = text(
                "storage.summary",
                Shown.moment(shares.report().made(), workplace.clockwork().now()),
                shares.users(),
                Shown.bytes(total.apportionedBytes()),
                Shown.number(total.blocks()),
                Shown.number(total.messages()));
        int unlisted = shares.users() - UsageModel.ROWS_MAX;
        summary.setText(unlisted > 0 ? text("storage.summary.cut", words, UsageModel.ROWS_MAX) : words);
        picture.show(shares.rows().stream()
                .limit(LARGEST)
                .map(row -> Bar.of(
                        name(row),
                        shares.share(row),
                        text("storage.bar", Shown.bytes(row.apportionedBytes()), Math.round(shares.share(row) * 100))))
                .toList());
    }

    private static Object identity(UsageRow row) {
        return row.key().orElse("");
    }

    private static String name(UsageRow row) {
        return row.address().or(row::key).orElse(text("storage.unmatched"));
    }

    private static List<Column<UsageRow>> columns() {
        return List.of(
                Column.<UsageRow>words("storage.user", 150, UsagePane::name)
                        .styled(row -> row.key().isEmpty() ? Optional.of("faint") : Optional.empty())
                        .filling(),
                bytes("storage.apportioned", UsageRow::apportionedBytes),
                bytes("storage.raw", UsageRow::rawBytes),
                Column.number("storage.messages", 95, UsageRow::messages),
                Column.number("storage.datablocks", 105, UsageRow::dataBlocks),
                bytes("storage.data", UsageRow::dataBytes),
                bytes("storage.mailboxes", UsageRow::mailboxBytes),
                Column.bytes("storage.keys", 112, row -> row.keyBytes() + row.claimBytes()),
                Column.number("storage.blocks", 105, UsageRow::blocks),
                Column.<UsageRow>maybe("storage.key", 340, UsageRow::key)
                        .styled(_ -> Optional.of("monospace"))
                        .onDemand());
    }

    private static Column<UsageRow> bytes(String title, Function<UsageRow, Long> bytes) {
        return Column.bytes(title, 92, bytes);
    }
}
