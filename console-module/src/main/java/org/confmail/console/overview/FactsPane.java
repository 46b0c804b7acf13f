package org.confmail.console.overview;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Outcome;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.ServerMethods.DiskSpace;
import org.confmail.shared.admin.ServerMethods.State;
import org.kordamp.ikonli.feather.Feather;

/** What the server is, and the disks that it lies on. */
final class FactsPane extends HBox {
    private static final double LOW_SHARE = 0.9;
    private static final long FREE_BYTES_ALIKE = 1 << 20;

    private final GridPane facts = new GridPane(14, 5);
    private final Map<String, Label> values = new LinkedHashMap<>();
    private final Label digest = value();
    private final Outcome copied = new Outcome("overview.copied");
    private final VBox disks = new VBox(10);
    private List<DiskSpace> shownDisks = List.of();

    FactsPane() {
        setSpacing(12);
        for (String key : List.of(
                "overview.version",
                "overview.started",
                "overview.port",
                "overview.dhtport",
                "overview.home",
                "overview.logfile",
                "overview.certificate")) {
            Label label = value();
            label.setId(key);
            values.put(key, label);
            add(key, label);
        }
        digest.getStyleClass().add("monospace");
        digest.setId("overview.digest");
        Button copy = Buttons.of("overview.copy", Feather.COPY, this::copy);
        copy.setMinWidth(USE_PREF_SIZE);
        HBox line = new HBox(10, digest, copy);
        line.getStyleClass().add("digest-line");
        add("overview.digest", new VBox(2, line, copied));
        VBox left = card("overview.facts", facts);
        HBox.setHgrow(left, Priority.ALWAYS);
        VBox right = card("overview.disks", disks);
        right.getStyleClass().add("disks");
        getChildren().addAll(left, right);
    }

    void show(State state) {
        set("overview.version", text("overview.version.value", state.version(), state.java(), state.processId()));
        set(
                "overview.started",
                text(
                        "overview.started.value",
                        Shown.moment(state.started()),
                        Shown.duration(Duration.ofSeconds(state.uptimeSeconds()))));
        set(
                "overview.port",
                state.bindAddress()
                        .map(address -> text("overview.port.bound", "" + state.port(), address))
                        .orElse("" + state.port()));
        set("overview.dhtport", state.dhtPort().map(String::valueOf).orElse(text("overview.dhtport.none")));
        set("overview.home", state.home());
        set("overview.logfile", state.logFile().orElse(text("overview.logfile.none")));
        set(
                "overview.certificate",
                text(
                        "overview.certificate.value",
                        state.certificate().key(),
                        Shown.day(state.certificate().validUntil())));
        digest.setText(state.certificate().digest());
        showDisks(state.disks());
    }

    /** Two paths of one disk are one line. */
    private void showDisks(List<DiskSpace> now) {
        if (now.equals(shownDisks)) {
            return;
        }
        shownDisks = now;
        List<List<DiskSpace>> same = new ArrayList<>();
        for (DiskSpace disk : now) {
            same.stream()
                    .filter(other -> isSame(other.getFirst(), disk))
                    .findFirst()
                    .ifPresentOrElse(other -> other.add(disk), () -> same.add(new ArrayList<>(List.of(disk))));
        }
        disks.getChildren().setAll(same.stream().map(FactsPane::disk).toList());
    }

    /** What is free may change while the server looks at one path after the other. */
    private static boolean isSame(DiskSpace one, DiskSpace other) {
        return one.size() == other.size() && Math.abs(one.free() - other.free()) < FREE_BYTES_ALIKE;
    }

    private static VBox disk(List<DiskSpace> paths) {
        DiskSpace disk = paths.getFirst();
        double used = disk.size() == 0 ? 0 : 1 - (double) disk.free() / disk.size();
        ProgressBar bar = new ProgressBar(used);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add(used >= LOW_SHARE ? "disk-low" : "disk-well");
        VBox box = new VBox(3);
        for (DiskSpace each : paths) {
            Label path = new Label(each.path());
            path.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            path.setTooltip(new Tooltip(each.path()));
            box.getChildren().add(path);
        }
        Label free = new Label(text("overview.disk", Shown.bytes(disk.free()), Shown.bytes(disk.size())));
        free.getStyleClass().add("faint");
        box.getChildren().addAll(bar, free);
        return box;
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(digest.getText());
        Clipboard.getSystemClipboard().setContent(content);
        copied.done(text("overview.copied"));
    }

    private void add(String key, Node value) {
        Label name = new Label(text(key));
        name.getStyleClass().add("faint");
        name.setMinWidth(USE_PREF_SIZE);
        GridPane.setValignment(name, VPos.TOP);
        GridPane.setHgrow(value, Priority.ALWAYS);
        facts.addRow(facts.getRowCount(), name, value);
    }

    private void set(String key, String words) {
        Optional.ofNullable(values.get(key)).ifPresent(label -> label.setText(words));
    }

    private static VBox card(String key, Node content) {
        Label title = new Label(text(key));
        title.getStyleClass().add("card-title");
        VBox card = new VBox(8, title, content);
        card.getStyleClass().add("card");
        return card;
    }

    private static Label value() {
        Label label = new Label();
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
