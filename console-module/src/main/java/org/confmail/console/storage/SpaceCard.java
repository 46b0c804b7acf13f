package org.confmail.console.storage;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Labels;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.StorageMethods.Automatic;
import org.confmail.shared.admin.StorageMethods.Reserve;
import org.confmail.shared.admin.StorageMethods.State;

/** How much space is left, what is kept free, and when the server prunes by itself. */
final class SpaceCard extends VBox {
    private final Workplace workplace;
    private final Label space = Labels.words("storage.space");
    private final Label automatic = Labels.words("storage.automatic");

    SpaceCard(Workplace workplace, StorageModel model) {
        this.workplace = workplace;
        setId("storage.card");
        getStyleClass().add("card");
        getChildren().addAll(space, automatic);
        model.state().addListener((_, _, state) -> show(state));
        show(model.state().get());
    }

    private void show(Optional<State> state) {
        if (state.isEmpty()) {
            space.setText(text("storage.asking"));
            automatic.setText("");
            return;
        }
        Reserve reserve = state.get().reserve();
        space.setText(space(reserve));
        style(space, reserve.refusing() ? "bad" : "");
        Automatic itself = state.get().automatic();
        automatic.setText(automatic(itself));
        style(automatic, itself.problem().isPresent() ? "doubtful" : "");
    }

    private static String space(Reserve reserve) {
        List<String> said = new ArrayList<>();
        said.add(reserve.freeBytes()
                .map(free -> text("storage.free", Shown.bytes(free), reserve.directory()))
                .orElse(text("storage.free.unknown", reserve.directory())));
        if (reserve.refusing()) {
            said.add(text("storage.refusing", Shown.bytes(reserve.limitBytes())));
        } else if (reserve.limitBytes() > 0) {
            said.add(text("storage.reserve", Shown.bytes(reserve.limitBytes())));
        } else {
            said.add(text("storage.noreserve"));
        }
        return String.join(" ", said);
    }

    private String automatic(Automatic itself) {
        if (itself.intervalSeconds() == 0) {
            return text("storage.automatic.off");
        }
        List<String> said = new ArrayList<>();
        said.add(text(
                "storage.automatic.on",
                Shown.duration(Duration.ofSeconds(itself.intervalSeconds())),
                Runs.stores(itself.stores())));
        itself.last()
                .ifPresent(last -> said.add(text(
                        "storage.automatic.last",
                        Shown.moment(last, workplace.clockwork().now()))));
        itself.next()
                .ifPresent(next -> said.add(text(
                        "storage.automatic.next",
                        Shown.moment(next, workplace.clockwork().now()))));
        itself.problem().ifPresent(problem -> said.add(text("storage.automatic.problem", problem)));
        return String.join(" ", said);
    }

    private static void style(Label label, String style) {
        label.getStyleClass().removeAll("bad", "doubtful");
        if (!style.isEmpty()) {
            label.getStyleClass().add(style);
        }
    }
}
