package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Done;
import org.confmail.shared.admin.QueueMethods.Target;

/** What is done with one target of the send queue in one word. */
record TargetCommand(String name, String help, AdminMethod<Target, Done> method) implements Command {
    static final TargetCommand RETRY = new TargetCommand("retry", "try a target of the queue now", QueueMethods.RETRY);
    static final TargetCommand HOLD = new TargetCommand(
            "hold", "send nothing to a target until it is released, over restarts too", QueueMethods.HOLD);
    static final TargetCommand RELEASE =
            new TargetCommand("release", "let a target that is held be sent to again", QueueMethods.RELEASE);

    @Override
    public List<String> uses() {
        return List.of(name + " TARGET");
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Target target = new Target(words.next("a target (queue shows them)"));
        words.end();
        shell.show(method, target, done -> shell.line(Texts.clean(done.text())));
        return Main.DONE;
    }
}
