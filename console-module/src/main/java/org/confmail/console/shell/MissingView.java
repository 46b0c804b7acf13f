package org.confmail.console.shell;

import javafx.scene.Parent;
import org.confmail.console.view.View;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.ViewPage;

record MissingView(ViewName name, Parent content) implements View {
    MissingView(ViewName name) {
        this(name, new ViewPage(name));
    }

    @Override
    public void shown() {}

    @Override
    public void hidden() {}
}
