package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.QueueMethods.Done;
import org.confmail.shared.admin.QueueMethods.Target;

/** What is done to targets. Belongs to the thread of the window. */
final class Actions {
    private final Remote remote;

    Actions(Remote remote) {
        this.remote = remote;
    }

    /** Does it to one target after the other; the answer says what came of it, in words. Ends at the first failure. */
    Answer<String> each(AdminMethod<Target, Done> method, List<String> targets) {
        Answer<String> answer = new Answer<>();
        next(method, targets, new ArrayList<>(), answer);
        return answer;
    }

    private void next(
            AdminMethod<Target, Done> method, List<String> targets, List<String> done, Answer<String> answer) {
        if (done.size() == targets.size()) {
            answer.complete(targets.size() == 1 ? done.getFirst() : text("queues.each", targets.size()));
            return;
        }
        String target = targets.get(done.size());
        remote.call(method, new Target(target))
                .done(result -> {
                    done.add(result.text());
                    next(method, targets, done, answer);
                })
                .failed(failure -> answer.fail(
                        targets.size() == 1
                                ? failure
                                : new Problem(
                                        failure.error(),
                                        text("queues.each.failed", target, failure.text(), done.size()))));
    }
}
