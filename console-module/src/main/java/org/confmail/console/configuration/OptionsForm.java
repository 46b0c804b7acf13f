package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.shared.config.OptionGroup;
import org.confmail.shared.config.OptionTable;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** All options by their groups, found by name, meaning and kind. */
final class OptionsForm extends VBox {
    private final List<Group> groups = new ArrayList<>();
    private final TextField search = new TextField();
    private final ToggleGroup kinds = new ToggleGroup();
    private final Label count = new Label();
    private final VBox list = new VBox();
    private final VBox empty = new VBox(10);
    private final ScrollPane scroll = new ScrollPane(list);

    OptionsForm(Draft draft) {
        setId("configuration.form");
        getStyleClass().add("configuration-form");
        for (OptionGroup options : OptionTable.groups()) {
            groups.add(new Group(options, draft));
        }
        groups.forEach(group -> list.getChildren().add(group.box));
        list.getChildren().add(nothingFound());
        list.getStyleClass().add("option-list");
        scroll.setId("configuration.scroll");
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(bar(), scroll);
        scroll.sceneProperty().flatMap(scene -> scene.focusOwnerProperty()).addListener((_, _, node) -> reveal(node));
        draft.revision().addListener((_, _, _) -> {
            rows().forEach(OptionRow::update);
            filter(false);
        });
        filter(true);
    }

    /** Puts the cursor where options are searched. */
    void find() {
        search.requestFocus();
        search.selectAll();
    }

    /** Shows an option and puts the cursor into it; false where there is none of this name. */
    boolean go(String option) {
        Optional<OptionRow> row = rows().stream()
                .filter(candidate -> candidate.state().option().name().equals(option))
                .findFirst();
        row.ifPresent(found -> {
            if (!found.isVisible()) {
                showAll();
            }
            applyCss();
            layout();
            found.focusEditor();
            reveal(found);
        });
        return row.isPresent();
    }

    /** How many options differ from what was read. */
    long changed() {
        return rows().stream().filter(row -> row.state().changed()).count();
    }

    private HBox bar() {
        search.setId("configuration.search");
        search.setPromptText(text("configuration.search"));
        search.setPrefColumnCount(28);
        search.textProperty().addListener((_, _, _) -> filter(true));
        search.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
                search.clear();
                pressed.consume();
            }
        });
        search.setOnAction(
                _ -> rows().stream().filter(OptionRow::isVisible).findFirst().ifPresent(OptionRow::focusEditor));
        HBox bar = new HBox(search);
        bar.getStyleClass().add("configuration-bar");
        HBox choice = new HBox();
        for (OptionState.Kind kind : OptionState.Kind.values()) {
            String key = "configuration.kind." + kind.name().toLowerCase(Locale.ROOT);
            ToggleButton button = new ToggleButton(text(key));
            button.setId(key);
            button.setMnemonicParsing(true);
            button.setTooltip(new Tooltip(text(key + ".help")));
            button.setToggleGroup(kinds);
            button.setUserData(kind);
            button.setOnAction(_ -> {
                button.setSelected(true);
                filter(true);
            });
            button.getStyleClass()
                    .add(
                            switch (kind) {
                                case ALL -> "left-pill";
                                case SET, CHANGED -> "center-pill";
                                case WRONG -> "right-pill";
                            });
            choice.getChildren().add(button);
        }
        kinds.selectToggle(kinds.getToggles().getFirst());
        count.setId("configuration.count");
        count.getStyleClass().add("faint");
        bar.getChildren().addAll(choice, count);
        return bar;
    }

    private VBox nothingFound() {
        Label words = new Label(text("configuration.nothingfound"));
        words.setWrapText(true);
        words.getStyleClass().add("empty");
        Button all = Buttons.of("configuration.showall", Feather.LIST, () -> {
            showAll();
            search.requestFocus();
        });
        empty.getChildren().addAll(words, all);
        empty.getStyleClass().add("nothing-found");
        empty.managedProperty().bind(empty.visibleProperty());
        return empty;
    }

    private void showAll() {
        search.clear();
        kinds.selectToggle(kinds.getToggles().getFirst());
        filter(true);
    }

    private List<OptionRow> rows() {
        return groups.stream().flatMap(group -> group.rows.stream()).toList();
    }

    /** Unless {@code asked} for, a row in which somebody types stays. */
    private void filter(boolean asked) {
        OptionState.Kind kind = kinds.getSelectedToggle() == null
                ? OptionState.Kind.ALL
                : (OptionState.Kind) kinds.getSelectedToggle().getUserData();
        int shown = 0;
        for (Group group : groups) {
            for (OptionRow row : group.rows) {
                boolean wanted = (kind.includes(row.state()) && row.state().matches(search.getText()))
                        || (!asked && row.isVisible() && row.isFocusWithin());
                row.setVisible(wanted);
                row.setManaged(wanted);
                shown += wanted ? 1 : 0;
            }
            boolean any = group.rows.stream().anyMatch(OptionRow::isVisible);
            group.box.setVisible(any);
            group.box.setManaged(any);
        }
        empty.setVisible(shown == 0);
        count.setText(text("configuration.count", shown, rows().size()));
    }

    /** Scrolls so that a node of the list is in sight. */
    private void reveal(@Nullable Node node) {
        Optional<OptionRow> row =
                rows().stream().filter(candidate -> isWithin(candidate, node)).findFirst();
        row.ifPresent(found -> {
            double top = list.sceneToLocal(found.localToScene(found.getBoundsInLocal()))
                    .getMinY();
            double height = scroll.getViewportBounds().getHeight();
            double room = list.getHeight() - height;
            double seen = room * scroll.getVvalue();
            if (room > 0 && (top < seen || top + found.getHeight() > seen + height)) {
                double wanted = top < seen ? top : Math.min(top, top + found.getHeight() - height);
                scroll.setVvalue(Math.clamp(wanted / room, 0, 1));
            }
        });
    }

    private static boolean isWithin(Node parent, @Nullable Node node) {
        Node above = node;
        while (above != null && !above.equals(parent)) {
            above = above.getParent();
        }
        return above != null;
    }

    /** A title and the options below it. */
    private static final class Group {
        private final List<OptionRow> rows;
        private final VBox box;

        Group(OptionGroup options, Draft draft) {
            rows = options.options().stream()
                    .map(option -> new OptionRow(option, draft))
                    .toList();
            Label title = new Label(options.title());
            title.getStyleClass().addAll("title-4", "option-group");
            box = new VBox(title);
            box.getChildren().addAll(rows);
        }
    }
}
