package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.ProbeResult;
import org.confmail.shared.admin.QueueMethods.Step;
import org.confmail.shared.admin.QueueMethods.Target;

/** Goes to a target step by step, and shows each step as it ends. */
final class ProbeCommand implements Command {
    @Override
    public String name() {
        return "probe";
    }

    @Override
    public List<String> uses() {
        return List.of("probe TARGET");
    }

    @Override
    public String help() {
        return "connect to a target step by step and send nothing: exit status 0 if sending would work";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Target target = new Target(words.next("a target (queue shows them)"));
        words.end();
        shell.listen(QueueMethods.PROBE_STEP, news -> show(news.step(), shell));
        ProbeResult result = shell.show(
                QueueMethods.PROBE,
                target,
                found -> shell.line(found.well() ? "Sending would work." : "Sending would fail."));
        return result.well() ? Main.DONE : Main.FAILED;
    }

    private static void show(Step step, Shell shell) {
        String verdict = step.well() ? shell.in(Shell.Colour.GOOD, "ok    ") : shell.in(Shell.Colour.BAD, "failed");
        shell.line(String.format(
                Locale.ROOT, "%s %-12s %6d ms  %s", verdict, step.name(), step.millis(), Texts.clean(step.text())));
    }
}
