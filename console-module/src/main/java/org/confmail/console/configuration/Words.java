package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.admin.ConfigMethods.Problem;
import org.confmail.shared.admin.ConfigMethods.Reloaded;

/** What the server made of a file, in words. */
final class Words {
    private Words() {}

    static String reloaded(Reloaded reloaded) {
        if (!reloaded.applied()) {
            return text(
                    "configuration.notapplied",
                    reloaded.problems().stream()
                            .filter(Problem::error)
                            .map(problem ->
                                    text("configuration.inline", String.valueOf(problem.line()), problem.text()))
                            .collect(Collectors.joining(" ")));
        }
        List<String> sentences = new ArrayList<>();
        if (!reloaded.atOnce().isEmpty()) {
            sentences.add(text("configuration.now", String.join(", ", reloaded.atOnce())));
        }
        if (!reloaded.atRestart().isEmpty()) {
            sentences.add(text(
                    "configuration.later",
                    reloaded.atRestart().stream().map(Change::option).collect(Collectors.joining(", "))));
        }
        return sentences.isEmpty() ? text("configuration.nothingchanged") : String.join(" ", sentences);
    }
}
