package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import org.confmail.console.queues.TargetRow.Condition;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.QueueMethods.TargetLine;

/**
 * Why a target is stuck, and what to do, in full words.
 *
 * @param condition how bad it is
 * @param headline what is the matter
 * @param reason why the last attempt failed, as the server says it
 * @param advice what to do
 * @param next when it is tried next
 * @param configure the option of config.txt that would help, if one would
 */
record Diagnosis(
        Condition condition,
        String headline,
        Optional<String> reason,
        String advice,
        String next,
        Optional<String> configure) {

    /** Says it of a target. */
    static Diagnosis of(TargetRow row) {
        TargetLine line = row.line();
        Condition condition = row.condition();
        String key = condition.key();
        String failures = text("queues.failures", line.failures(), Shown.number(line.failures()));
        return new Diagnosis(
                condition,
                text("queues.why." + key, waiting(row), failures),
                line.lastError(),
                text("queues.advice." + key),
                row.next(),
                condition == Condition.NO_PARTNER ? Optional.of("replpeer") : Optional.empty());
    }

    /** Such as: 12 entries (3 MiB) wait, the oldest since 3 h 20 min. */
    private static String waiting(TargetRow row) {
        TargetLine line = row.line();
        if (line.entries() == 0) {
            return text("queues.waiting.none");
        }
        return text(
                "queues.waiting", Counts.entries(line.entries()), line.entries(), Shown.bytes(line.bytes()), row.age());
    }
}
