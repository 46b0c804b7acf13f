package org.confmail.console.view;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import org.confmail.console.control.Questions;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.Remote;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.settings.KnownServers;
import org.confmail.console.settings.Settings;

/**
 * What the views of one server work with.
 *
 * @param remote the server
 * @param servers the servers that are known; the chosen one is this
 * @param server where it is, as known when it was chosen
 * @param clockwork the time, in the thread of the window
 * @param settings what is remembered
 * @param questions the dialogs
 * @param background runs what would hold up the window, such as reading a file
 * @param window runs its errands in the thread of the window
 * @param navigator shows another view
 */
public record Workplace(
        Remote remote,
        KnownServers servers,
        KnownServer server,
        Clockwork clockwork,
        Settings settings,
        Questions questions,
        Executor background,
        Executor window,
        Consumer<Destination> navigator) {

    /** True while the server is not there: buttons that need it are disabled then. */
    public BooleanBinding absent() {
        return Bindings.createBooleanBinding(() -> !remote.state().get().connected(), remote.state());
    }
}
