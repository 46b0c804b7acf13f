package org.confmail.console.view;

import static org.confmail.console.text.Texts.text;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The frame that all views share: title and question on top, actions beside them, and the rest below. */
public final class ViewPage extends VBox {
    private final ViewName name;
    private final HBox actions = new HBox();

    /** The frame of a view; titles stand under its key. */
    public ViewPage(ViewName name) {
        this.name = name;
        setId(name.key());
        getStyleClass().add("view-page");
        Label title = new Label(text(name.key() + ".title"));
        title.getStyleClass().addAll("title-2", "view-title");
        Label question = new Label(text(name.key() + ".question"));
        title.setMinWidth(USE_PREF_SIZE);
        question.getStyleClass().add("view-question");
        question.setWrapText(true);
        question.setMinHeight(USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        actions.getStyleClass().add("view-actions");
        actions.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(new VBox(title, question), gap, actions);
        head.getStyleClass().add("view-head");
        getChildren().add(head);
    }

    ViewName name() {
        return name;
    }

    /** Puts actions beside the title. */
    public void addActions(Node... nodes) {
        actions.getChildren().addAll(nodes);
    }

    /** Puts something below all that is there. */
    public void add(Node node) {
        getChildren().add(node);
    }

    /** Puts something below all that is there, which takes all the room that is left. */
    public void addGrowing(Node node) {
        VBox.setVgrow(node, Priority.ALWAYS);
        getChildren().add(node);
    }
}
