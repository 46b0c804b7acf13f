package org.confmail.console.certificates;

import static org.confmail.console.text.Texts.text;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
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
import org.confmail.shared.admin.CertificateMethods.Certificate;
import org.kordamp.ikonli.feather.Feather;

/** Whom do I trust, when does mine expire? */
public final class CertificatesView extends PageView {
    private final Workplace workplace;
    private final CertificatesModel model;
    private final DataTable<Certificate> table;
    private final FilterField filter = new FilterField("certificates.filter", _ -> fill());
    private final Outcome outcome = new Outcome("certificates.outcome");

    /** The view. */
    public CertificatesView(Workplace workplace) {
        super(ViewName.CERTIFICATES);
        this.workplace = workplace;
        this.model = watching(new CertificatesModel(workplace.remote(), workplace.clockwork()));
        this.table = new DataTable<>(
                "certificates.table",
                workplace.settings(),
                certificate -> List.of(certificate.server(), certificate.digest()),
                columns());
        table.onDelete(this::forget);
        Button forget = Buttons.dangerous("certificates.forget", Feather.TRASH_2, this::forget);
        forget.disableProperty().bind(table.nothingSelected().or(workplace.absent()));
        Label heading = new Label(text("certificates.others"));
        heading.getStyleClass().add("card-title");
        heading.setMinWidth(Label.USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(8, heading, gap, filter, forget);
        head.getStyleClass().add("view-head");
        page().add(new OwnCard(workplace, model));
        page().add(head);
        page().addGrowing(table.node());
        page().add(outcome);
        model.others().addListener((_, _, _) -> fill());
        model.problem().addListener((_, _, _) -> fill());
        fill();
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
        FileExport.save(workplace, outcome, "certificates.csv", table::csv);
    }

    private List<Column<Certificate>> columns() {
        return List.of(
                Column.words("certificates.server", 135, Certificate::server),
                Column.<Certificate>words("certificates.trust", 125, CertificatesView::trust)
                        .styled(certificate -> Optional.of(certificate.pinned() ? "good" : "faint")),
                Column.<Certificate>words("certificates.theirs", 300, Certificate::digest)
                        .styled(_ -> Optional.of("monospace"))
                        .filling(),
                Column.<Certificate>moment("certificates.until", 92, Certificate::validUntil)
                        .showing(certificate ->
                                certificate.validUntil().map(Shown::day).orElse(""))
                        .styled(this::styleOfEnd),
                moment("certificates.first", Certificate::firstSeen).onDemand(),
                moment("certificates.last", Certificate::lastSeen));
    }

    private Column<Certificate> moment(String title, Function<Certificate, Optional<Instant>> moment) {
        return Column.<Certificate>moment(title, 125, moment)
                .showing(certificate -> moment.apply(certificate)
                        .map(when -> Shown.moment(when, workplace.clockwork().now()))
                        .orElse(text("certificates.unnoted")));
    }

    private Optional<String> styleOfEnd(Certificate certificate) {
        return certificate
                .validUntil()
                .filter(until -> until.isBefore(workplace.clockwork().now()))
                .map(_ -> "bad");
    }

    private static String trust(Certificate certificate) {
        return text(certificate.pinned() ? "certificates.pinned" : "certificates.remembered");
    }

    private void fill() {
        List<Certificate> all = model.others().get();
        table.whenEmpty(model.problem()
                .get()
                .map(problem -> text("certificates.unknown", problem.text()))
                .orElse(text(all.isEmpty() ? "certificates.empty" : "certificates.nomatch")));
        table.show(all.stream()
                .filter(certificate ->
                        filter.filter().accepts(certificate.server(), certificate.digest(), trust(certificate)))
                .toList());
    }

    private void forget() {
        List<Certificate> chosen = table.selection().get();
        if (chosen.isEmpty()) {
            return;
        }
        List<String> servers =
                chosen.stream().map(Certificate::server).distinct().toList();
        workplace
                .questions()
                .confirm(Confirmation.beforeDestroying("certificates.forget", String.join(", ", servers)))
                .done(wanted -> {
                    if (wanted) {
                        outcome.working(text("certificates.forgetting"));
                        model.forget(chosen).done(this::tellForgotten);
                    }
                });
    }

    private void tellForgotten(Tally<String> tally) {
        if (tally.refused().isEmpty()) {
            outcome.done(text("certificates.forgotten", String.join(", ", tally.done())));
        } else {
            outcome.failed(text(
                    "certificates.forget.partly",
                    tally.refused().getFirst().item(),
                    tally.refused().getFirst().problem().text()));
        }
    }
}
