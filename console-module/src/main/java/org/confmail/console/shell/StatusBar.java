package org.confmail.console.shell;

import static org.confmail.console.text.Texts.text;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.confmail.console.remote.LinkState;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The line at the bottom: which server this is, and whether it is there. */
final class StatusBar extends HBox {
    private final Label words = new Label();

    StatusBar() {
        setId("status");
        getStyleClass().add("status-bar");
        words.setId("status.text");
        getChildren().add(words);
        nobody();
    }

    void show(LinkState state) {
        getStyleClass().removeAll("connected", "gone", "connecting");
        switch (state) {
            case LinkState.Connecting() -> say("connecting", Feather.LOADER, text("status.connecting"));
            case LinkState.Connected(var server) ->
                say(
                        "connected",
                        Feather.CHECK_CIRCLE,
                        text(
                                "status.connected",
                                server.server(),
                                server.version(),
                                server.home(),
                                String.valueOf(server.processId())));
            case LinkState.Gone(var _, var _, var _) -> say("gone", Feather.WIFI_OFF, text("status.gone"));
        }
    }

    void nobody() {
        getStyleClass().removeAll("connected", "gone", "connecting");
        say("gone", Feather.SERVER, text("status.nobody"));
    }

    private void say(String style, Feather icon, String text) {
        getStyleClass().add(style);
        words.setText(text);
        words.setGraphic(new FontIcon(icon));
    }
}
