package org.confmail.console.shell;

import static org.confmail.console.text.Texts.text;

import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.view.View;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.ViewPage;
import org.kordamp.ikonli.feather.Feather;

/** What stands in place of a view as long as no server was added: what to do first. */
record WelcomeView(ViewName name, Parent content) implements View {
    WelcomeView(ViewName name, Runnable addServer) {
        this(name, page(name, addServer));
    }

    @Override
    public void shown() {}

    @Override
    public void hidden() {}

    private static Parent page(ViewName name, Runnable addServer) {
        Label words = new Label(text("welcome.text"));
        words.setWrapText(true);
        words.getStyleClass().add("empty");
        VBox middle = new VBox(words, Buttons.main("welcome.add", Feather.PLUS, addServer));
        middle.setAlignment(Pos.CENTER);
        middle.getStyleClass().add("welcome");
        ViewPage page = new ViewPage(name);
        page.addGrowing(middle);
        return page;
    }
}
