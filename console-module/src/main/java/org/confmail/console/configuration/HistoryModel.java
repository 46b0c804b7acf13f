package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.admin.ConfigMethods.Differences;
import org.confmail.shared.admin.ConfigMethods.Entry;
import org.confmail.shared.admin.ConfigMethods.HistoryEntry;

/** The texts that config.txt had before. */
final class HistoryModel {
    private final Remote remote;
    private final Draft draft;
    private final ReadOnlyObjectWrapper<List<HistoryEntry>> entries = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());

    HistoryModel(Remote remote, Draft draft) {
        this.remote = remote;
        this.draft = draft;
    }

    /** The newest first. */
    ReadOnlyObjectProperty<List<HistoryEntry>> entries() {
        return entries.getReadOnlyProperty();
    }

    /** Why they can't be had. */
    ReadOnlyObjectProperty<Optional<Problem>> trouble() {
        return trouble.getReadOnlyProperty();
    }

    /** Asks for them again. */
    void refresh() {
        remote.call(ConfigMethods.HISTORY)
                .done(history -> {
                    trouble.set(Optional.empty());
                    entries.set(history.entries());
                })
                .failed(problem -> trouble.set(Optional.of(problem)));
    }

    /** What bringing a text back would change in the file. */
    Answer<Differences> compare(String name) {
        Optional<Loaded> base = draft.base();
        if (base.isEmpty()) {
            return Answer.failure(new Problem(Optional.empty(), text("configuration.unread")));
        }
        Answer<Differences> answer = new Answer<>();
        remote.call(ConfigMethods.SHOW, new Entry(name))
                .done(old -> answer.complete(FileAlone.between(base.get(), OverSocket.document(old))))
                .failed(answer::fail);
        return answer;
    }
}
