package org.confmail.console.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.image.Image;
import org.kordamp.ikonli.javafx.FontIcon;

/** Pictures that tests make of the console, in {@code target/screenshots}. */
public final class Screenshots {
    private static final Path DIRECTORY = Path.of("target", "screenshots");

    private Screenshots() {}

    /** The theme that is shown, for the picture's name. */
    public enum Theme {
        LIGHT,
        DARK
    }

    /** Writes {@code NAME-light.png} or {@code NAME-dark.png}, once the layout is done. Any thread may call. */
    public static Path take(Scene scene, String name, Theme theme) throws IOException {
        Fx.run(scene.getRoot()::requestLayout);
        // What moves others after its own layout does so in the pulse behind.
        awaitPulse(scene);
        awaitPulse(scene);
        assertEquals(List.of(), Fx.get(() -> wronglyColoured(scene)), "icons in another colour than their words");
        return save(Fx.get(() -> scene.snapshot(null)), name, theme);
    }

    /** The same of a part of a scene. */
    public static Path take(Node node, String name, Theme theme) throws IOException {
        return save(
                Fx.get(() -> {
                    node.applyCss();
                    return node.snapshot(null, null);
                }),
                name,
                theme);
    }

    /** Words that are marked as good or bad whose icon is not. */
    private static List<String> wronglyColoured(Scene scene) {
        return Stream.of(".good", ".doubtful", ".bad")
                .flatMap(style -> scene.getRoot().lookupAll(style).stream())
                .filter(Labeled.class::isInstance)
                .map(Labeled.class::cast)
                .filter(words -> words.getGraphic() instanceof FontIcon icon
                        && !icon.getFill().equals(words.getTextFill()))
                .map(Labeled::getText)
                .toList();
    }

    private static void awaitPulse(Scene scene) {
        CompletableFuture<Void> pulse = new CompletableFuture<>();
        Runnable listener = () -> pulse.complete(null);
        Fx.run(() -> {
            scene.addPostLayoutPulseListener(listener);
            Platform.requestNextPulse();
        });
        Await.until("a pulse", pulse::isDone);
        Fx.run(() -> scene.removePostLayoutPulseListener(listener));
    }

    private static Path save(Image image, String name, Theme theme) throws IOException {
        Files.createDirectories(DIRECTORY);
        Path file = DIRECTORY.resolve(name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png");
        return Files.write(file, Png.of(image));
    }
}
