package org.confmail.console.log;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import org.confmail.console.control.Outcome;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.LogMethods.Detail;
import org.confmail.shared.admin.LogMethods.NowDetail;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** How much the server logs, until its next start. */
final class LogDetail extends MenuButton {
    private final Remote remote;
    private final Outcome outcome;
    private final CheckMenuItem debug = item("log.detail.debug");
    private final CheckMenuItem traffic = item("log.detail.traffic");
    private final CheckMenuItem quiet = item("log.detail.quiet");

    LogDetail(Remote remote, Outcome outcome) {
        super(text("log.detail"), new FontIcon(Feather.SLIDERS));
        this.remote = remote;
        this.outcome = outcome;
        setId("log.detail");
        setMnemonicParsing(true);
        setTooltip(new Tooltip(text("log.detail.help")));
        getItems().addAll(debug, traffic, quiet);
        getItems().forEach(item -> item.setOnAction(_ -> change()));
        setOnShowing(_ -> ask());
        disableProperty().bind(remote.state().map(state -> !state.connected()));
    }

    /** Learns how much it is now. */
    void ask() {
        remote.call(LogMethods.DETAIL, new Detail(Optional.empty(), Optional.empty(), Optional.empty()))
                .done(this::show);
    }

    private void change() {
        boolean silent = quiet.isSelected();
        Detail wanted =
                new Detail(Optional.of(debug.isSelected()), Optional.of(silent), Optional.of(traffic.isSelected()));
        boolean inVain = silent && traffic.isSelected();
        outcome.follow(remote.call(LogMethods.DETAIL, wanted), text("log.detail.working"), LogDetail::words)
                .done(now -> {
                    show(now);
                    if (inVain) {
                        outcome.warn(text("log.detail.traffic.quiet"));
                    }
                })
                .failed(_ -> ask());
    }

    private void show(NowDetail now) {
        debug.setSelected(now.debug());
        traffic.setSelected(now.traffic());
        quiet.setSelected(now.quiet());
    }

    private static String words(NowDetail now) {
        List<String> parts = new ArrayList<>();
        if (now.debug()) {
            parts.add(text("log.detail.with.debug"));
        }
        if (now.traffic()) {
            parts.add(text("log.detail.with.traffic"));
        }
        if (now.quiet()) {
            parts.add(text("log.detail.with.quiet"));
        }
        return text("log.detail.done", parts.isEmpty() ? text("log.detail.usual") : String.join(", ", parts));
    }

    private static CheckMenuItem item(String key) {
        CheckMenuItem item = new CheckMenuItem(text(key));
        item.setId(key);
        return item;
    }
}
