package org.confmail.console.shell;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.confmail.console.control.Buttons;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.LinkState;
import org.confmail.console.text.Shown;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Says across the window that the server is not there, since when, why, and when it is tried again; hidden while it is. */
final class LinkBanner extends HBox {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Clockwork clockwork;
    private final Label words = new Label();
    private Optional<Clockwork.Repeating> counting = Optional.empty();
    /** Whether it was there since it was chosen: otherwise nothing can be said to be gone. */
    private boolean wasThere;

    LinkBanner(Clockwork clockwork, Runnable connectNow) {
        this.clockwork = clockwork;
        setId("banner");
        getStyleClass().add("banner");
        words.setId("banner.text");
        words.setWrapText(true);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        Button now = Buttons.of("banner.now", Feather.REFRESH_CW, connectNow);
        now.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(new FontIcon(Feather.WIFI_OFF), words, now);
        setVisible(false);
        setManaged(false);
    }

    void show(LinkState state) {
        counting.ifPresent(Clockwork.Repeating::stop);
        counting = Optional.empty();
        wasThere = switch (state) {
            case LinkState.Connecting _ -> false;
            case LinkState.Connected _ -> true;
            case LinkState.Gone _ -> wasThere;
        };
        boolean gone = state instanceof LinkState.Gone;
        setVisible(gone);
        setManaged(gone);
        if (state instanceof LinkState.Gone reason) {
            count(reason);
            counting = Optional.of(clockwork.every(SECOND, () -> count(reason)));
        }
    }

    void close() {
        counting.ifPresent(Clockwork.Repeating::stop);
    }

    private void count(LinkState.Gone gone) {
        Instant now = clockwork.now();
        Duration left = Duration.between(now, gone.nextAttempt());
        String next =
                left.isPositive() ? text("banner.next", Shown.duration(left.plusMillis(999))) : text("banner.trying");
        String reason = Shown.sentence(gone.reason());
        words.setText(
                wasThere
                        ? text("banner.gone", Shown.moment(gone.since(), now), reason, next)
                        : text("banner.absent", reason, next));
    }
}
