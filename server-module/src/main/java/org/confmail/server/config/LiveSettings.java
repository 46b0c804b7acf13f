package org.confmail.server.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigValues;

/**
 * The settings that are in effect in a running server. They may be read from any thread; each reading sees one snapshot, whole.
 * Options that act at restart only keep the values with which the server started, so that what is read here is always what
 * the server does.
 */
public final class LiveSettings {
    private final Path file;
    private final ConfigValues started;
    private volatile Snapshot current; // written by reload only

    /**
     * The settings of a server that starts.
     *
     * @param file where {@link #reload} reads
     * @param values what stands in it now
     * @throws IllegalArgumentException when the values have errors
     */
    public LiveSettings(Path file, ConfigValues values) {
        this.file = file;
        this.started = values;
        this.current = new Snapshot(values, Settings.of(values));
    }

    /** The settings at this moment. Who needs several that fit together asks once. */
    public Settings current() {
        return current.settings();
    }

    /** Supplies one part's settings, always the current ones. */
    public <T> Supplier<T> supplier(Function<? super Settings, ? extends T> part) {
        return () -> part.apply(current());
    }

    /** Reads the file again, and puts it into effect unless it has errors. One reload at a time; readers never wait. */
    public synchronized Reload reload() {
        ConfigValues read;
        try {
            read = ConfigValues.of(ConfigFile.load(file).document());
        } catch (IOException e) {
            return new Reload.Refused(List.of(ConfigProblem.Unreadable.of(e)));
        }
        if (read.hasErrors()) {
            return new Reload.Refused(read.problems());
        }
        ConfigValues effective = read.inEffectAfter(started);
        Snapshot before = current;
        current = new Snapshot(effective, Settings.of(effective));
        List<ConfigOption<?>> atRestart = read.changedSince(started).stream()
                .filter(option -> !option.actsAtOnce())
                .toList();
        return new Reload.Applied(effective.changedSince(before.values()), atRestart, read.problems());
    }

    private record Snapshot(ConfigValues values, Settings settings) {}
}
