package org.confmail.console.shell;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.confmail.console.remote.ServerLink;
import org.confmail.console.view.View;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;

/** One server in the window: the connection and the views, each made when it is shown for the first time. */
final class Workspace implements AutoCloseable {
    private final ServerLink link;
    private final Workplace workplace;
    private final Map<ViewName, Function<Workplace, View>> makers;
    private final Map<ViewName, View> views = new EnumMap<>(ViewName.class);

    Workspace(ServerLink link, Workplace workplace, Map<ViewName, Function<Workplace, View>> makers) {
        this.link = link;
        this.workplace = workplace;
        this.makers = makers;
    }

    ServerLink link() {
        return link;
    }

    View view(ViewName name) {
        View view = views.get(name);
        if (view == null) {
            view = makers.getOrDefault(name, _ -> new MissingView(name)).apply(workplace);
            views.put(name, view);
        }
        return view;
    }

    /** Whether closing would lose something. */
    boolean unsaved() {
        return views.values().stream().anyMatch(View::unsaved);
    }

    @Override
    public void close() {
        views.values().forEach(View::hidden);
        views.values().forEach(View::close);
        link.close();
    }
}
