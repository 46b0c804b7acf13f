package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ServerMethods;

/** Stops the server. */
final class ShutdownCommand implements Command {
    @Override
    public String name() {
        return "shutdown";
    }

    @Override
    public List<String> uses() {
        return List.of("shutdown");
    }

    @Override
    public String help() {
        return "stop the server in an orderly way";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        words.end();
        shell.show(ServerMethods.SHUTDOWN, done -> shell.line("The server stops."));
        return Main.DONE;
    }
}
