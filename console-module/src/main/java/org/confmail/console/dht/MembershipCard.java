package org.confmail.console.dht;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.CopyButton;
import org.confmail.console.control.Labels;
import org.confmail.console.dht.Membership.Standing;
import org.confmail.console.view.Destination;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.DhtMethods.State;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The answer in a sentence, the node's id, and the way to the option that changes it. */
final class MembershipCard extends VBox {
    private final Label verdict = Labels.words("dht.verdict");
    private final Label remedy = Labels.words("dht.remedy");
    private final Label facts = Labels.words("dht.facts");
    private final TextField id = new TextField();
    private final HBox node;
    private final Button settings;
    private Standing standing = Standing.UNKNOWN;

    MembershipCard(Workplace workplace, DhtModel model) {
        setId("dht.card");
        getStyleClass().add("card");
        verdict.getStyleClass().add("card-title");
        facts.getStyleClass().add("faint");
        id.setId("dht.id");
        id.setEditable(false);
        id.getStyleClass().add("monospace");
        HBox.setHgrow(id, Priority.ALWAYS);
        Label label = new Label(text("dht.id"));
        label.setMinWidth(USE_PREF_SIZE);
        node = new HBox(8, label, id, new CopyButton("dht.copy", id::getText));
        node.setAlignment(Pos.CENTER_LEFT);
        settings = Buttons.of(
                "dht.settings",
                Feather.SLIDERS,
                () -> workplace.navigator().accept(Destination.of(ViewName.CONFIGURATION, option())));
        getChildren().addAll(verdict, remedy, settings, node, facts);
        model.membership().addListener((_, _, membership) -> show(membership));
        model.state().addListener((_, _, state) -> show(state));
        show(model.membership().get());
        show(model.state().get());
    }

    private String option() {
        return standing == Standing.ALONE ? "knode" : "dht";
    }

    private void show(Membership membership) {
        standing = membership.standing();
        verdict.setText(membership.words());
        FontIcon icon = new FontIcon(
                switch (standing) {
                    case UNKNOWN -> Feather.HELP_CIRCLE;
                    case ABSENT -> Feather.SLASH;
                    case ALONE -> Feather.ALERT_TRIANGLE;
                    case MEMBER -> Feather.CHECK_CIRCLE;
                });
        verdict.setGraphic(icon);
        verdict.getStyleClass().removeAll("good", "doubtful");
        switch (standing) {
            case MEMBER -> verdict.getStyleClass().add("good");
            case ALONE -> verdict.getStyleClass().add("doubtful");
            case UNKNOWN, ABSENT -> {}
        }
        remedy.setText(membership.remedy());
        setThere(remedy, !membership.remedy().isEmpty());
        setThere(settings, standing == Standing.ABSENT || standing == Standing.ALONE);
    }

    private void show(Optional<State> state) {
        setThere(node, state.isPresent());
        setThere(facts, state.isPresent());
        state.ifPresent(told -> {
            if (!id.getText().equals(told.id())) {
                id.setText(told.id());
            }
            List<String> said = new ArrayList<>();
            said.add(text("dht.port", "" + told.port()));
            told.held().ifPresent(held -> said.add(text("dht.held", held)));
            facts.setText(String.join(" ", said));
        });
    }

    private static void setThere(Node part, boolean there) {
        part.setVisible(there);
        part.setManaged(there);
    }
}
