package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.control.Questions;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Batch;
import org.confmail.shared.admin.QueueMethods.Count;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.confmail.shared.admin.QueueMethods.Removed;

/** Takes entries out of the queue, after the server has counted and the user has agreed; and puts them back. */
final class Removal {
    private final Remote remote;
    private final Questions questions;
    private final Runnable changed;
    private final ReadOnlyObjectWrapper<Optional<Removed>> last = new ReadOnlyObjectWrapper<>(Optional.empty());

    /**
     * Removes nothing yet.
     *
     * @param changed told when entries were removed or put back
     */
    Removal(Remote remote, Questions questions, Runnable changed) {
        this.remote = remote;
        this.questions = questions;
        this.changed = changed;
    }

    /** The last removal, while it can be undone with one key. */
    ReadOnlyObjectProperty<Optional<Removed>> last() {
        return last.getReadOnlyProperty();
    }

    /** Only these entries of a target. */
    static Filter only(String target, List<String> names) {
        return new Filter(Optional.of(target), Optional.empty(), Optional.empty(), Optional.of(names));
    }

    /**
     * Counts, asks the user, removes. No answer comes when the user does not want it.
     *
     * @param what the entries, in words
     */
    Answer<Removed> remove(Filter filter, String what) {
        Answer<Removed> answer = new Answer<>();
        count(filter)
                .done(count -> {
                    if (count.entries() == 0) {
                        answer.fail(new Problem(Optional.of(AdminError.NOT_FOUND), text("queues.remove.none", what)));
                        return;
                    }
                    String many = Counts.entries(count.entries(), count.bytes());
                    questions
                            .confirm(Confirmation.beforeDestroying("queues.remove", many, what))
                            .done(wanted -> {
                                if (wanted) {
                                    removeNow(filter, answer);
                                }
                            });
                })
                .failed(answer::fail);
        return answer;
    }

    /** How much would be removed. */
    Answer<Count> count(Filter filter) {
        return remote.call(QueueMethods.COUNT, filter);
    }

    /** Puts back what one removal took out. */
    Answer<Count> restore(String batch) {
        return remote.call(QueueMethods.RESTORE, new Batch(batch)).done(_ -> {
            last.set(last.get().filter(removed -> !removed.batch().equals(batch)));
            changed.run();
        });
    }

    private void removeNow(Filter filter, Answer<Removed> answer) {
        remote.call(QueueMethods.REMOVE, filter)
                .done(removed -> {
                    last.set(Optional.of(removed));
                    answer.complete(removed);
                    changed.run();
                })
                .failed(answer::fail);
    }
}
