package org.confmail.console.shell;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import javafx.scene.image.Image;
import javafx.stage.Stage;

/** The program's icon, in the sizes that desktops ask for. */
final class Icons {
    private static final List<Integer> SIZES = List.of(16, 24, 32, 48, 64, 128, 256);

    private Icons() {}

    static void addTo(Stage stage) {
        for (int size : SIZES) {
            image(size).ifPresent(stage.getIcons()::add);
        }
    }

    /** The icon with sides of that many pixels. */
    static Optional<Image> image(int size) {
        return Optional.ofNullable(Icons.class.getResourceAsStream("/org/confmail/console/icon-" + size + ".png"))
                .map(Icons::read);
    }

    private static Image read(InputStream in) {
        return new Image(in);
    }
}
