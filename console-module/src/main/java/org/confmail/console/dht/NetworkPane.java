package org.confmail.console.dht;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Bars;
import org.confmail.console.control.Bars.Bar;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.FilterField;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.DhtMethods.Bucket;
import org.confmail.shared.admin.DhtMethods.Contact;
import org.confmail.shared.admin.DhtMethods.State;

/** Whom the node knows: a picture of its buckets, and the contacts in them. */
final class NetworkPane extends HBox {
    private final DhtModel model;
    private final DataTable<Contact> table;
    private final FilterField filter = new FilterField("dht.filter", _ -> fill());
    private final Bars buckets = new Bars("dht.buckets");

    NetworkPane(Workplace workplace, DhtModel model) {
        this.model = model;
        getStyleClass().add("tab-page");
        table = new DataTable<>("dht.contacts", workplace.settings(), Contact::id, columns());
        Label heading = new Label(text("dht.buckets"));
        heading.getStyleClass().add("card-title");
        Label help = new Label(text("dht.buckets.help"));
        help.setWrapText(true);
        help.setMinHeight(USE_PREF_SIZE);
        help.getStyleClass().add("faint");
        VBox picture = new VBox(heading, help, buckets);
        picture.getStyleClass().add("card");
        ScrollPane scroll = new ScrollPane(picture);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.getStyleClass().add("buckets");
        VBox contacts = new VBox(8, filter, table.node());
        VBox.setVgrow(table.node(), Priority.ALWAYS);
        HBox.setHgrow(contacts, Priority.ALWAYS);
        getChildren().addAll(scroll, contacts);
        model.contacts().addListener((_, _, _) -> fill());
        model.state().addListener((_, _, state) -> showBuckets(state));
        fill();
    }

    void find() {
        filter.find();
    }

    String csv() {
        return table.csv();
    }

    private void fill() {
        table.whenEmpty(text(model.contacts().get().isEmpty() ? "dht.contacts.empty" : "dht.contacts.nomatch"));
        table.show(model.contacts().get().stream()
                .filter(contact -> filter.filter().accepts(contact.id(), contact.address() + ":" + contact.port()))
                .toList());
    }

    private void showBuckets(Optional<State> state) {
        buckets.show(state.map(State::buckets).orElse(List.of()).stream()
                .map(NetworkPane::bar)
                .toList());
    }

    private static Bar bar(Bucket bucket) {
        String words = bucket.waiting() > 0
                ? text("dht.bucket.waiting", bucket.contacts(), bucket.size(), bucket.waiting())
                : text("dht.bucket.words", bucket.contacts(), bucket.size());
        return Bar.of(
                text("dht.bucket", bucket.index()), (double) bucket.contacts() / Math.max(1, bucket.size()), words);
    }

    private static List<Column<Contact>> columns() {
        return List.of(
                Column.number("dht.contact.bucket", 70, Contact::bucket),
                Column.words("dht.contact.address", 150, contact -> contact.address() + ":" + contact.port()),
                Column.<Contact>number("dht.contact.answered", 132, Contact::answeredSecondsAgo)
                        .showing(contact -> text(
                                "dht.contact.ago", Shown.duration(Duration.ofSeconds(contact.answeredSecondsAgo())))),
                Column.<Contact>number("dht.contact.failures", 82, Contact::failures)
                        .styled(contact -> contact.failures() > 0 ? Optional.of("doubtful") : Optional.empty()),
                Column.<Contact>words("dht.contact.id", 160, Contact::id)
                        .styled(_ -> Optional.of("monospace"))
                        .filling());
    }
}
