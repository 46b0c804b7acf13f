package org.confmail.console.storage;

import static org.confmail.console.text.Texts.text;

import java.util.Locale;
import java.util.Optional;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Kind;
import org.confmail.shared.admin.StorageMethods.Running;
import org.confmail.shared.admin.StorageMethods.Stores;

/** Runs over the stores in words. */
final class Runs {
    private Runs() {}

    static String kind(Kind kind) {
        return text("storage.kind." + name(kind));
    }

    static String stores(Stores stores) {
        return text("storage.stores." + name(stores));
    }

    /** How far it is. */
    static String words(Running run) {
        String counted = run.kind() == Kind.REPORT
                ? text("storage.running.report", Shown.number(run.files()))
                : text(
                        run.kind() == Kind.SIMULATION ? "storage.running.simulation" : "storage.running.prune",
                        Shown.number(run.files()),
                        Shown.number(run.deleted()),
                        Shown.number(run.trimmed()));
        return text(
                run.cancelled() ? "storage.running.cancelled" : "storage.running",
                kind(run.kind()),
                stores(run.store()),
                run.percent(),
                counted);
    }

    static String outcome(Ended run) {
        return text("storage.outcome." + name(run.outcome()));
    }

    static Optional<String> style(Ended run) {
        return Optional.of(
                switch (run.outcome()) {
                    case DONE -> "good";
                    case CANCELLED -> "doubtful";
                    case FAILED -> "bad";
                });
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
