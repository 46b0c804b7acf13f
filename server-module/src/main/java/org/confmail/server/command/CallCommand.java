package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminJson;

/** Calls any method, also of a server that is newer than this command. */
final class CallCommand implements Command {
    @Override
    public String name() {
        return "call";
    }

    @Override
    public List<String> uses() {
        return List.of("call METHOD [JSON]");
    }

    @Override
    public String help() {
        return "call any method of the admin protocol and show its result as JSON";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        String method = words.next("a method (describe shows them)");
        String params = words.next().orElse("{}");
        words.end();
        shell.line(AdminJson.pretty(shell.call(method, AdminJson.parse(params))));
        return Main.DONE;
    }
}
