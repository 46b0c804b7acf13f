package org.confmail.console.configuration;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.confmail.console.remote.Answer;
import org.confmail.console.view.Background;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.admin.ConfigMethods.Differences;
import org.confmail.shared.config.ConfigChangedException;
import org.confmail.shared.config.ConfigDiff;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigValues;

/** The file on this machine while no server is there: it acts at the next start, and nothing takes it back by itself. */
record FileAlone(Path file, Executor background, Executor window) implements Source {

    @Override
    public Answer<Loaded> read() {
        return Background.run(
                background, window, () -> loaded(ConfigFile.load(file).document()));
    }

    @Override
    public Answer<Differences> diff(Loaded base, ConfigDocument edited) {
        return Background.run(background, window, () -> between(base, edited));
    }

    @Override
    public Answer<Stored> save(Loaded base, ConfigDocument edited, Optional<Duration> patience) {
        return Background.run(background, window, () -> {
            try {
                new ConfigFile(file, base.document()).save(edited);
            } catch (ConfigChangedException e) {
                throw new AdminException(AdminError.CONFLICT, Objects.requireNonNullElse(e.getMessage(), ""), e);
            }
            return new Stored(loaded(edited), Optional.empty());
        });
    }

    /** What a document would change, as the server tells it. */
    static Differences between(Loaded base, ConfigDocument after) {
        ConfigDocument before = base.document();
        List<Change> changes = ConfigValues.of(after).changedSince(ConfigValues.of(before)).stream()
                .map(option -> new Change(
                        option.name(),
                        ConfigDiff.shown(option, before),
                        ConfigDiff.shown(option, after),
                        option.actsAtOnce(),
                        option.restartReason()))
                .toList();
        return new Differences(ConfigDiff.lines(before, after, base.charset()), changes);
    }

    private Loaded loaded(ConfigDocument document) {
        return new Loaded(file.toString(), document, charset(document), Optional.empty(), List.of(), Optional.empty());
    }

    /** The same choice as the server's. */
    private static Charset charset(ConfigDocument document) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document.bytes()));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
