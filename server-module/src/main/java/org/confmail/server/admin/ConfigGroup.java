package org.confmail.server.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.config.Reload;
import org.confmail.server.home.ConfigHistory;
import org.confmail.server.time.Scheduler;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.admin.ConfigMethods.Current;
import org.confmail.shared.admin.ConfigMethods.Differences;
import org.confmail.shared.admin.ConfigMethods.Entry;
import org.confmail.shared.admin.ConfigMethods.History;
import org.confmail.shared.admin.ConfigMethods.HistoryEntry;
import org.confmail.shared.admin.ConfigMethods.NewText;
import org.confmail.shared.admin.ConfigMethods.OldText;
import org.confmail.shared.admin.ConfigMethods.Reloaded;
import org.confmail.shared.admin.ConfigMethods.Restore;
import org.confmail.shared.admin.ConfigMethods.Save;
import org.confmail.shared.admin.ConfigMethods.Saved;
import org.confmail.shared.admin.ConfigMethods.Validity;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigValues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * config.txt of the running server. One lock guards all that changes the file or waits for a confirmation, so that of two
 * clients who edit at once the second is refused.
 */
final class ConfigGroup {
    private static final int CONFIRM_SECONDS_MIN = 5;
    private static final int CONFIRM_SECONDS_MAX = 3600;
    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final Path file;
    private final ConfigHistory history;
    private final ConfigDocument started;
    private final Reloading reloading;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Unconfirmed unconfirmed; // written under the lock

    /** @param started what the server started with */
    ConfigGroup(
            Path file,
            ConfigHistory history,
            ConfigDocument started,
            Reloading reloading,
            Scheduler scheduler,
            InstantSource clock) {
        this.file = file;
        this.history = history;
        this.started = started;
        this.reloading = reloading;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    void register(Methods methods) {
        methods.on(ConfigMethods.READ, this::read)
                .on(ConfigMethods.VALIDATE, this::validate)
                .on(ConfigMethods.DIFF, this::diff)
                .on(ConfigMethods.SAVE, this::save)
                .on(ConfigMethods.CONFIRM, this::confirm)
                .on(ConfigMethods.REVERT, this::revert)
                .on(ConfigMethods.HISTORY, this::history)
                .on(ConfigMethods.SHOW, this::show)
                .on(ConfigMethods.RESTORE, this::restore)
                .on(ConfigMethods.RELOAD, this::reload);
    }

    /** Whether saved settings wait to be confirmed. */
    boolean isUnconfirmed() {
        return unconfirmed != null;
    }

    /** Options that the file changes at the next start only. */
    List<Change> atRestart() throws IOException {
        return atRestart(ConfigFile.load(file).document());
    }

    private List<Change> atRestart(ConfigDocument document) {
        return ConfigText.changes(started, document).stream()
                .filter(change -> !change.atOnce())
                .toList();
    }

    private Current read(Nothing nothing, Caller caller) throws IOException {
        ConfigDocument document = ConfigFile.load(file).document();
        Unconfirmed waiting = unconfirmed;
        return new Current(
                file.toString(),
                ConfigText.text(document),
                ConfigText.encoding(document),
                ConfigHistory.digest(document),
                ConfigText.problems(ConfigValues.of(document).problems()),
                atRestart(document),
                waiting == null ? Optional.empty() : Optional.of(waiting.until));
    }

    private Validity validate(NewText text, Caller caller) throws AdminException {
        ConfigValues values = ConfigValues.of(ConfigText.document(text.text(), Optional.empty()));
        return new Validity(!values.hasErrors(), ConfigText.problems(values.problems()));
    }

    private Differences diff(NewText text, Caller caller) throws AdminException, IOException {
        ConfigDocument before = ConfigFile.load(file).document();
        ConfigDocument after = ConfigText.document(text.text(), Optional.of(ConfigText.encoding(before)));
        return new Differences(ConfigText.lines(before, after), ConfigText.changes(before, after));
    }

    private Saved save(Save save, Caller caller) throws AdminException, IOException {
        return replace(
                ConfigText.document(save.text(), save.encoding()), save.version(), save.confirmWithinSeconds(), caller);
    }

    private Saved restore(Restore restore, Caller caller) throws AdminException, IOException {
        return replace(old(restore.name()), restore.version(), restore.confirmWithinSeconds(), caller);
    }

    private Saved replace(ConfigDocument document, String version, Optional<Integer> confirmWithin, Caller caller)
            throws AdminException, IOException {
        Optional<Duration> patience = patience(confirmWithin);
        ConfigValues values = ConfigValues.of(document);
        if (values.hasErrors()) {
            throw new AdminException(
                    AdminError.REFUSED,
                    "the text has errors and was not saved: "
                            + String.join(
                                    " ",
                                    values.problems().stream()
                                            .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                                            .map(problem -> "line " + problem.line() + ": " + problem.message())
                                            .toList()));
        }
        lock.lock();
        try {
            if (unconfirmed != null) {
                throw new AdminException(
                        AdminError.REFUSED,
                        "settings that were saved wait to be confirmed: call config.confirm or config.revert first");
            }
            ConfigFile present = ConfigFile.load(file);
            if (!ConfigHistory.digest(present.document()).equals(version)) {
                throw new AdminException(
                        AdminError.CONFLICT,
                        file
                                + " was changed by somebody else since it was read. It is left as it is: read it again, and"
                                + " repeat the change");
            }
            String kept = history.keep(present.document());
            if (patience.isPresent()) {
                history.await(document, kept);
            }
            try {
                present.save(document);
            } catch (IOException e) {
                history.settled();
                throw e;
            }
            LOG.info("{} saved by {}; the text before is in the history as {}", file, caller.who(), kept);
            Optional<Instant> until = patience.map(time -> clock.instant().plus(time));
            until.ifPresent(end -> await(present.document(), document, end, patience.get()));
            return new Saved(ConfigHistory.digest(document), kept, reloaded(reloading.reload()), until);
        } finally {
            lock.unlock();
        }
    }

    private static Optional<Duration> patience(Optional<Integer> seconds) throws AdminException {
        if (seconds.isPresent() && (seconds.get() < CONFIRM_SECONDS_MIN || seconds.get() > CONFIRM_SECONDS_MAX)) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS,
                    "'confirmWithinSeconds' is " + seconds.get() + "; it must be from " + CONFIRM_SECONDS_MIN + " to "
                            + CONFIRM_SECONDS_MAX);
        }
        return seconds.map(Duration::ofSeconds);
    }

    private void await(ConfigDocument before, ConfigDocument saved, Instant until, Duration patience) {
        Unconfirmed waiting = new Unconfirmed(before, saved, until);
        unconfirmed = waiting;
        waiting.expiry = scheduler.after(
                patience, () -> Thread.ofVirtual().name("config-revert").start(() -> expire(waiting)));
    }

    private void expire(Unconfirmed waiting) {
        lock.lock();
        try {
            if (unconfirmed == waiting) {
                LOG.warn("{} was not confirmed in time: the text before comes back", file);
                takeBack(waiting);
            }
        } catch (IOException e) {
            LOG.error(
                    "{} was not confirmed in time, and the text before cannot be put back: {}. It is in {}. At the next"
                            + " start it is tried again.",
                    file,
                    e.toString(),
                    file.resolveSibling("config-history"));
        } catch (AdminException e) {
            LOG.warn("{}", e.text());
        } finally {
            lock.unlock();
        }
    }

    private Nothing confirm(Nothing nothing, Caller caller) throws AdminException, IOException {
        lock.lock();
        try {
            Unconfirmed waiting = waiting();
            history.settled();
            forget(waiting);
            LOG.info("{} confirmed by {}", file, caller.who());
            return Nothing.AT_ALL;
        } finally {
            lock.unlock();
        }
    }

    private Reloaded revert(Nothing nothing, Caller caller) throws AdminException, IOException {
        lock.lock();
        try {
            Unconfirmed waiting = waiting();
            LOG.info("{}: the settings last saved are taken back by {}", file, caller.who());
            return reloaded(takeBack(waiting));
        } finally {
            lock.unlock();
        }
    }

    /** Puts the old text back. Called under the lock. */
    private Reload takeBack(Unconfirmed waiting) throws AdminException, IOException {
        ConfigFile present = ConfigFile.load(file);
        if (!present.document().equals(waiting.saved)) {
            history.settled();
            forget(waiting);
            throw new AdminException(
                    AdminError.CONFLICT,
                    file + " was edited by somebody else after it was saved to be confirmed: it stays as it is");
        }
        history.keep(present.document());
        present.save(waiting.before);
        history.settled();
        forget(waiting);
        return reloading.reload();
    }

    private Unconfirmed waiting() throws AdminException {
        Unconfirmed waiting = unconfirmed;
        if (waiting == null) {
            throw new AdminException(
                    AdminError.REFUSED, "nothing waits to be confirmed: it was confirmed, or its time is over");
        }
        return waiting;
    }

    private void forget(Unconfirmed waiting) {
        Scheduler.Scheduled expiry = waiting.expiry;
        if (expiry != null) {
            expiry.cancel();
        }
        unconfirmed = null;
    }

    private History history(Nothing nothing, Caller caller) throws IOException {
        return new History(history.entries().stream()
                .map(entry -> new HistoryEntry(entry.name(), entry.replaced(), entry.bytes()))
                .toList());
    }

    private OldText show(Entry entry, Caller caller) throws AdminException, IOException {
        ConfigDocument document = old(entry.name());
        return new OldText(ConfigText.text(document), ConfigText.encoding(document));
    }

    private ConfigDocument old(String name) throws AdminException, IOException {
        return history.read(name)
                .orElseThrow(() -> new AdminException(
                        AdminError.NOT_FOUND, "the history has no such text; config.history lists those that it has"));
    }

    private Reloaded reload(Nothing nothing, Caller caller) throws IOException {
        LOG.info("{} is read again for {}", file, caller.who());
        return reloaded(reloading.reload());
    }

    private Reloaded reloaded(Reload reload) throws IOException {
        return switch (reload) {
            case Reload.Refused refused ->
                new Reloaded(false, List.of(), List.of(), ConfigText.problems(refused.problems()));
            case Reload.Applied applied ->
                new Reloaded(
                        true,
                        applied.atOnce().stream().map(ConfigOption::name).toList(),
                        atRestart(),
                        ConfigText.problems(applied.problems()));
        };
    }

    /** Settings that wait. */
    private static final class Unconfirmed {
        private final ConfigDocument before;
        private final ConfigDocument saved;
        private final Instant until;
        private Scheduler.@Nullable Scheduled expiry;

        Unconfirmed(ConfigDocument before, ConfigDocument saved, Instant until) {
            this.before = before;
            this.saved = saved;
            this.until = until;
        }
    }
}
