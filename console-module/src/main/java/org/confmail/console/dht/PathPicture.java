package org.confmail.console.dht;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.confmail.shared.admin.DhtMethods.Asked;
import org.confmail.shared.admin.DhtMethods.Found;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The path of a lookup: a column for each hop, in it a sign for each node that was asked, nearer to the key from hop to hop. */
final class PathPicture extends HBox {
    /** More of one hop are told as a number. */
    private static final int SIGNS_MAX = 24;

    private static final double COLUMN_WIDTH = 130;

    PathPicture() {
        setId("dht.picture");
        getStyleClass().add("path-picture");
        setAlignment(Pos.CENTER_LEFT);
        setVisible(false);
        setManaged(false);
    }

    void show(Found found) {
        getChildren().clear();
        getChildren()
                .add(column(text("dht.picture.here"), List.of(sign(Feather.SERVER, "good", text("dht.picture.self")))));
        new TreeMap<>(found.path().stream().collect(Collectors.groupingBy(Asked::hop)))
                .forEach((hop, asked) -> getChildren().addAll(arrow(), column(hop, asked)));
        setVisible(!found.path().isEmpty());
        setManaged(!found.path().isEmpty());
    }

    private static Node arrow() {
        FontIcon arrow = new FontIcon(Feather.ARROW_RIGHT);
        arrow.getStyleClass().add("path-arrow");
        return arrow;
    }

    private static Node column(int hop, List<Asked> asked) {
        int most = asked.stream().mapToInt(Asked::sharedBits).max().orElse(0);
        List<Node> signs =
                asked.stream().limit(SIGNS_MAX).map(PathPicture::sign).toList();
        Node column = column(text("dht.picture.hop", hop, most), signs);
        if (asked.size() > SIGNS_MAX && column instanceof VBox box) {
            box.getChildren().add(new Label(text("dht.picture.more", asked.size() - SIGNS_MAX)));
        }
        return column;
    }

    private static Node column(String title, List<Node> signs) {
        FlowPane nodes = new FlowPane(6, 6);
        nodes.setAlignment(Pos.CENTER);
        nodes.setPrefWrapLength(COLUMN_WIDTH);
        nodes.getChildren().addAll(signs);
        Label words = new Label(title);
        words.getStyleClass().add("faint");
        VBox column = new VBox(6, nodes, words);
        column.setAlignment(Pos.CENTER);
        return column;
    }

    private static Node sign(Asked asked) {
        String words = text(
                "dht.picture.node",
                asked.address() + ":" + asked.port(),
                asked.sharedBits(),
                asked.outcome(),
                asked.millis());
        return switch (asked.outcome()) {
            case "nodes" -> sign(Feather.CIRCLE, "path-nodes", words);
            case "no answer" -> sign(Feather.X, "bad", words);
            default -> sign(Feather.CHECK_SQUARE, "good", words);
        };
    }

    private static Node sign(Feather icon, String style, String words) {
        FontIcon sign = new FontIcon(icon);
        sign.getStyleClass().addAll("path-sign", style);
        sign.setAccessibleText(words);
        Tooltip.install(sign, new Tooltip(words));
        return sign;
    }
}
