package org.confmail.console.certificates;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Bars;
import org.confmail.console.control.Bars.Bar;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.CopyButton;
import org.confmail.console.control.Labels;
import org.confmail.console.control.Outcome;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.CertificateMethods.OwnCertificate;
import org.confmail.shared.admin.CertificateMethods.Renewed;
import org.kordamp.ikonli.feather.Feather;

/** The server's own certificate: its digest to give to a partner, how long it is valid, and renewing it. */
final class OwnCard extends VBox {
    private final Workplace workplace;
    private final CertificatesModel model;
    private final TextField digest = new TextField();
    private final Label subject = Labels.words("certificates.subject");
    private final Label key = Labels.words("certificates.key");
    private final Label period = Labels.words("certificates.period");
    private final Label left = Labels.words("certificates.left");
    private final Bars bar = new Bars("certificates.bar");
    private final Outcome outcome = new Outcome("certificates.renewed");

    OwnCard(Workplace workplace, CertificatesModel model) {
        this.workplace = workplace;
        this.model = model;
        setId("certificates.own");
        getStyleClass().add("card");
        Label title = new Label(text("certificates.own"));
        title.getStyleClass().add("card-title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button renew = Buttons.dangerous("certificates.renew", Feather.ROTATE_CW, this::renew);
        renew.disableProperty().bind(workplace.absent());
        HBox head = new HBox(8, title, gap, renew);
        head.setAlignment(Pos.CENTER_LEFT);
        digest.setId("certificates.digest");
        digest.setEditable(false);
        digest.getStyleClass().add("monospace");
        CopyButton copy = new CopyButton("certificates.copy", digest::getText);
        copy.disableProperty().bind(digest.textProperty().isEmpty());
        HBox.setHgrow(digest, Priority.ALWAYS);
        GridPane facts = new GridPane(12, 6);
        addRow(facts, "certificates.digest", new HBox(8, digest, copy));
        addRow(facts, "certificates.subject", subject);
        addRow(facts, "certificates.key", key);
        addRow(facts, "certificates.period", period);
        addRow(facts, "certificates.left", new VBox(4, left, bar));
        getChildren().addAll(head, facts, outcome);
        model.own().addListener((_, _, own) -> show(own));
        show(model.own().get());
    }

    private void show(Optional<OwnCertificate> own) {
        if (own.isEmpty()) {
            subject.setText(text("certificates.own.unknown"));
            return;
        }
        OwnCertificate shown = own.get();
        if (!digest.getText().equals(shown.digest())) {
            digest.setText(shown.digest());
        }
        subject.setText(shown.subject());
        key.setText(text("certificates.key.words", shown.key(), shown.signature()));
        period.setText(text("certificates.period.words", Shown.day(shown.validFrom()), Shown.day(shown.validUntil())));
        Validity validity = Validity.of(
                shown.validFrom(), shown.validUntil(), workplace.clockwork().now());
        left.setText(validity.words());
        left.getStyleClass().removeAll("good", "doubtful", "bad");
        left.getStyleClass().add(validity.verdict().style());
        long percent = Math.round(validity.used() * 100);
        bar.show(List.of(new Bar(
                text("certificates.used"),
                validity.used(),
                text("certificates.percent", percent),
                Optional.of(validity.verdict().style()))));
    }

    private void renew() {
        workplace
                .questions()
                .confirm(Confirmation.beforeDestroying("certificates.renew"))
                .done(wanted -> {
                    if (wanted) {
                        outcome.working(text("certificates.renewing"));
                        model.renew().done(this::tellRenewed).failed(outcome::failed);
                    }
                });
    }

    private void tellRenewed(Renewed renewed) {
        outcome.warn(text(
                "certificates.renewed",
                renewed.certificate().digest(),
                renewed.oldDigest(),
                String.join(", ", renewed.kept())));
        digest.requestFocus();
        digest.selectAll();
    }

    private static void addRow(GridPane grid, String key, Node value) {
        Label label = new Label(text(key));
        label.getStyleClass().add("faint");
        label.setMinWidth(USE_PREF_SIZE);
        GridPane.setHgrow(value, Priority.ALWAYS);
        grid.addRow(grid.getRowCount(), label, value);
    }
}
