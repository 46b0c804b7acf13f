package org.confmail.console.configuration;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.admin.ConfigMethods.Current;
import org.confmail.shared.admin.ConfigMethods.Differences;
import org.confmail.shared.admin.ConfigMethods.NewText;
import org.confmail.shared.admin.ConfigMethods.OldText;
import org.confmail.shared.admin.ConfigMethods.Save;
import org.confmail.shared.admin.ConfigMethods.Saved;
import org.confmail.shared.config.ConfigDocument;

/** The running server reads and saves its config.txt, and acts on it. */
record OverSocket(Remote remote) implements Source {
    private static final String UTF_8 = "utf-8";
    private static final String LATIN_1 = "latin-1";

    @Override
    public Answer<Loaded> read() {
        Answer<Loaded> answer = new Answer<>();
        remote.call(ConfigMethods.READ)
                .done(current -> answer.complete(loaded(current)))
                .failed(answer::fail);
        return answer;
    }

    @Override
    public Answer<Differences> diff(Loaded base, ConfigDocument edited) {
        return remote.call(ConfigMethods.DIFF, new NewText(text(base, edited)));
    }

    @Override
    public Answer<Stored> save(Loaded base, ConfigDocument edited, Optional<Duration> patience) {
        Answer<Stored> answer = new Answer<>();
        remote.call(
                        ConfigMethods.SAVE,
                        new Save(
                                text(base, edited),
                                base.version().orElse(""),
                                Optional.of(base.charset().equals(StandardCharsets.UTF_8) ? UTF_8 : LATIN_1),
                                seconds(patience)))
                .done(saved -> answer.complete(stored(base, edited, saved)))
                .failed(answer::fail);
        return answer;
    }

    /** A text of the history. */
    static ConfigDocument document(OldText old) {
        return ConfigDocument.parse(old.text().getBytes(charset(old.encoding())));
    }

    /** As the protocol has it. */
    static Optional<Integer> seconds(Optional<Duration> patience) {
        return patience.map(time -> Math.toIntExact(time.toSeconds()));
    }

    private static Loaded loaded(Current current) {
        Charset charset = charset(current.encoding());
        return new Loaded(
                current.path(),
                ConfigDocument.parse(current.text().getBytes(charset)),
                charset,
                Optional.of(current.version()),
                current.atRestart(),
                current.confirmBy());
    }

    private static Stored stored(Loaded base, ConfigDocument edited, Saved saved) {
        return new Stored(
                new Loaded(
                        base.place(),
                        edited,
                        base.charset(),
                        Optional.of(saved.version()),
                        saved.reloaded().atRestart(),
                        saved.confirmBy()),
                Optional.of(saved.reloaded()));
    }

    private static String text(Loaded base, ConfigDocument document) {
        return new String(document.bytes(), base.charset());
    }

    private static Charset charset(String encoding) {
        return encoding.equals(LATIN_1) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }
}
