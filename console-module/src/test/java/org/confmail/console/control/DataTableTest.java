package org.confmail.console.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TableView.ResizeFeatures;
import javafx.stage.Stage;
import org.confmail.console.settings.Settings;
import org.confmail.console.testing.Fx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** How wide the columns of a table are. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX starts it
class DataTableTest {
    private static final double WIDTH = 800;

    private final Settings settings = Settings.forgetful();
    private Stage stage;
    private DataTable<Integer> table;

    @Start
    void start(Stage shared) {
        // Of its own size: other tests leave the shared one as wide as a console must be.
        stage = new Stage();
        show();
    }

    @AfterEach
    void end() {
        Fx.run(stage::hide);
    }

    private void show() {
        table = new DataTable<>(
                "test",
                settings,
                item -> item,
                List.of(
                        Column.number("queues.entries", 100, item -> item),
                        Column.<Integer>words("queues.error", 200, item -> "reason " + item)
                                .filling(),
                        Column.number("queues.failed", 150, item -> item),
                        Column.<Integer>maybe("queues.server", 160, item -> Optional.of("server"))
                                .onDemand()));
        table.show(List.of(1, 2, 3));
        stage.setScene(new Scene(table.node(), WIDTH, 400));
        stage.show();
    }

    private TableView<?> view() {
        return table.node();
    }

    private TableColumn<?, ?> column(String id) {
        return view().getColumns().stream()
                .filter(column -> id.equals(column.getId()))
                .findFirst()
                .orElseThrow();
    }

    private double width(String id) {
        return Fx.get(() -> column(id).getWidth());
    }

    private double all() {
        return Fx.get(() -> view().getVisibleLeafColumns().stream()
                .mapToDouble(TableColumn::getWidth)
                .sum());
    }

    private boolean scrolls() {
        return Fx.get(() -> view().lookupAll(".scroll-bar:horizontal").stream()
                .anyMatch(bar -> bar instanceof ScrollBar && bar.isVisible()));
    }

    private void awaitFilled(double room) {
        Fx.until("columns of " + room, () -> all() > room - 4 && all() <= room);
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as the table has it
    private void draw(String id, double delta) {
        Fx.run(() -> view().getColumnResizePolicy().call(new ResizeFeatures(view(), (TableColumn) column(id), delta)));
    }

    @Test
    void oneColumnTakesTheRoomThatTheOthersLeave() {
        awaitFilled(WIDTH);
        assertEquals(100, width("queues.entries"));
        assertEquals(150, width("queues.failed"));
        assertFalse(column("queues.server").isVisible());
        assertFalse(scrolls());
        Fx.run(() -> stage.setWidth(stage.getWidth() + 100));
        awaitFilled(WIDTH + 100);
        assertEquals(100, width("queues.entries"));
    }

    @Test
    void verticalScrollBarAndAnotherColumnTakeOfThatRoom() {
        awaitFilled(WIDTH);
        Fx.run(() -> column("queues.server").setVisible(true));
        Fx.until("a column more", () -> width("queues.error") <= WIDTH - 100 - 150 - 160);
        Fx.run(() -> table.show(IntStream.range(0, 100).boxed().toList()));
        Fx.until("room for the bar", () -> all() < WIDTH - 5);
        assertFalse(scrolls());
    }

    @Test
    void tableIsScrolledWhereTheLeastWidthsDoNotFit() {
        Fx.run(() -> stage.setWidth(stage.getWidth() - 450));
        Fx.until("scrolled", this::scrolls);
        assertEquals(200, width("queues.error"));
    }

    @Test
    void drawnWidthStaysAndIsRemembered() {
        awaitFilled(WIDTH);
        draw("queues.entries", 50);
        assertEquals(150, width("queues.entries"));
        awaitFilled(WIDTH);
        draw("queues.error", -100);
        awaitFilled(WIDTH);
        Fx.run(this::show);
        awaitFilled(WIDTH);
        assertEquals(150, width("queues.entries"));
        assertTrue(width("queues.error") > 200);
    }
}
