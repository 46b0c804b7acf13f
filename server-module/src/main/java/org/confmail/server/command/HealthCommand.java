package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ServerMethods;
import org.confmail.shared.admin.ServerMethods.Check;
import org.confmail.shared.admin.ServerMethods.Health;

/** Is all well? For people and for monitoring. */
final class HealthCommand implements Command {
    @Override
    public String name() {
        return "health";
    }

    @Override
    public List<String> uses() {
        return List.of("health");
    }

    @Override
    public String help() {
        return "look whether all is well: exit status 0, or 1 with the reasons";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        words.end();
        Health health = shell.show(ServerMethods.HEALTH, found -> found.checks().forEach(check -> show(check, shell)));
        return health.well() ? Main.DONE : Main.FAILED;
    }

    private static void show(Check check, Shell shell) {
        Shell.Colour colour = switch (check.verdict()) {
            case WELL -> Shell.Colour.GOOD;
            case WARNING -> Shell.Colour.WARNING;
            case FAILED -> Shell.Colour.BAD;
        };
        String verdict = String.format(Locale.ROOT, "%-8s", check.verdict());
        shell.line(shell.in(colour, verdict) + " " + check.name() + ": " + Texts.clean(check.text()));
    }
}
