package org.confmail.console.lines;

import java.util.regex.Pattern;
import javafx.scene.Node;
import org.confmail.console.view.PageView;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;

/**
 * A view of lines. It follows them from when it is shown for the first time until it is closed, also while another view is
 * looked at, so that nothing is missed.
 */
public abstract class LineView extends PageView {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final LineModel lines;
    private final LinePanel panel;

    /** A page with nothing in it yet: see {@link #fill}. */
    protected LineView(ViewName name, Workplace workplace, LineForm form) {
        super(name);
        lines = new LineModel(workplace.background(), workplace.window(), workplace.clockwork());
        panel = new LinePanel(workplace, lines, form);
    }

    /** The lines. */
    protected final LineModel lines() {
        return lines;
    }

    /** What shows them. */
    protected final LinePanel panel() {
        return panel;
    }

    /** Puts the lines onto the page, and these actions before their own. */
    protected final void fill(Node... actions) {
        page().addActions(actions);
        page().addActions(panel.actions().toArray(Node[]::new));
        page().addGrowing(panel);
    }

    @Override
    public Node keys() {
        return panel;
    }

    /** The number of a connection; what else there may be. */
    @Override
    public void go(String item) {
        if (NUMBER.matcher(item).matches()) {
            panel.only(Long.parseLong(item));
        } else {
            goElsewhere(item);
        }
    }

    /** Shows what is no connection. */
    protected void goElsewhere(String item) {}

    @Override
    public void find() {
        panel.find();
    }

    @Override
    public void export() {
        panel.export();
    }
}
