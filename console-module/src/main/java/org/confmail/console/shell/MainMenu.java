package org.confmail.console.shell;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.confmail.console.settings.ThemeChoice;
import org.confmail.console.view.ViewName;

/** The menus, with all accelerators of the window. */
final class MainMenu extends MenuBar {
    private static final List<KeyCode> DIGITS = List.of(
            KeyCode.DIGIT1,
            KeyCode.DIGIT2,
            KeyCode.DIGIT3,
            KeyCode.DIGIT4,
            KeyCode.DIGIT5,
            KeyCode.DIGIT6,
            KeyCode.DIGIT7,
            KeyCode.DIGIT8,
            KeyCode.DIGIT9,
            KeyCode.DIGIT0);

    /** What the menus do. */
    interface Actions {
        void go(ViewName view);

        void refresh();

        void find();

        void export();

        void connectNow();

        void stopServer();

        void showShortcuts();

        void showAbout();

        void quit();
    }

    private static final Map<ThemeChoice, String> THEMES = Map.of(
            ThemeChoice.SYSTEM, "menu.theme.system",
            ThemeChoice.LIGHT, "menu.theme.light",
            ThemeChoice.DARK, "menu.theme.dark");

    MainMenu(Actions actions, ObjectProperty<ThemeChoice> theme) {
        setId("menu");
        getMenus().addAll(fileMenu(actions), viewMenu(actions, theme), serverMenu(actions), helpMenu(actions));
    }

    private static Menu fileMenu(Actions actions) {
        Menu menu = new Menu(text("menu.file"));
        menu.getItems()
                .addAll(
                        item("menu.export", "Shortcut+E", actions::export),
                        new SeparatorMenuItem(),
                        item("menu.quit", "Shortcut+Q", actions::quit));
        return menu;
    }

    private static Menu viewMenu(Actions actions, ObjectProperty<ThemeChoice> theme) {
        Menu menu = new Menu(text("menu.view"));
        for (ViewName name : ViewName.values()) {
            MenuItem item = new MenuItem(text(name.key() + ".title"));
            item.setId("menu." + name.key());
            item.setAccelerator(accelerator(name));
            item.setOnAction(_ -> actions.go(name));
            menu.getItems().add(item);
        }
        menu.getItems()
                .addAll(
                        new SeparatorMenuItem(),
                        item("menu.find", "Shortcut+F", actions::find),
                        item("menu.refresh", "F5", actions::refresh),
                        new SeparatorMenuItem(),
                        themeMenu(theme));
        return menu;
    }

    /** Shortcut+1 to 9 and 0; behind these, with Shift, from 1 again. */
    static KeyCombination accelerator(ViewName name) {
        int place = List.of(ViewName.values()).indexOf(name);
        KeyCode digit = DIGITS.get(place % DIGITS.size());
        return place < DIGITS.size()
                ? new KeyCodeCombination(digit, KeyCombination.SHORTCUT_DOWN)
                : new KeyCodeCombination(digit, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    }

    private static Menu themeMenu(ObjectProperty<ThemeChoice> theme) {
        Menu menu = new Menu(text("menu.theme"));
        ToggleGroup group = new ToggleGroup();
        for (ThemeChoice choice : ThemeChoice.values()) {
            String key = THEMES.getOrDefault(choice, "menu.theme.system");
            RadioMenuItem item = new RadioMenuItem(text(key));
            item.setId(key);
            item.setToggleGroup(group);
            item.setSelected(theme.get() == choice);
            item.setOnAction(_ -> theme.set(choice));
            menu.getItems().add(item);
        }
        return menu;
    }

    private static Menu serverMenu(Actions actions) {
        Menu menu = new Menu(text("menu.server"));
        menu.getItems()
                .addAll(
                        item("menu.connect", "Shortcut+R", actions::connectNow),
                        new SeparatorMenuItem(),
                        item("menu.stop", "", actions::stopServer));
        return menu;
    }

    private static Menu helpMenu(Actions actions) {
        Menu menu = new Menu(text("menu.help"));
        menu.getItems()
                .addAll(
                        item("menu.shortcuts", "F1", actions::showShortcuts),
                        item("menu.about", "", actions::showAbout));
        return menu;
    }

    private static MenuItem item(String key, String accelerator, Runnable action) {
        MenuItem item = new MenuItem(text(key));
        item.setId(key);
        if (!accelerator.isEmpty()) {
            item.setAccelerator(KeyCombination.valueOf(accelerator));
        }
        item.setOnAction(_ -> action.run());
        return item;
    }
}
