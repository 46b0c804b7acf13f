package org.confmail.console.view;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Parent;
import org.confmail.console.remote.Watch;

/** A view in the usual frame, which watches the server while it is on the screen, and only then. */
public abstract class PageView implements View {
    private final ViewPage page;
    private final List<Watch> watches = new ArrayList<>();

    /** An empty page under the name of the view. */
    protected PageView(ViewName name) {
        page = new ViewPage(name);
    }

    /** The frame, to be filled. */
    protected final ViewPage page() {
        return page;
    }

    /** Has it watched while the view is on the screen; gives it back. */
    protected final <W extends Watch> W watching(W watch) {
        watches.add(watch);
        return watch;
    }

    @Override
    public final ViewName name() {
        return page.name();
    }

    @Override
    public final Parent content() {
        return page;
    }

    @Override
    public void shown() {
        watches.forEach(Watch::start);
    }

    @Override
    public void hidden() {
        watches.forEach(Watch::stop);
    }

    @Override
    public void refresh() {
        watches.forEach(Watch::refresh);
    }
}
