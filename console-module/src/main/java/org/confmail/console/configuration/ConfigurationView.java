package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TabPane.TabClosingPolicy;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Outcome;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.view.Background;
import org.confmail.console.view.PageView;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.confmail.shared.config.ConfigProblem.Severity;
import org.kordamp.ikonli.feather.Feather;

/** What can I set, what does it do, is it right? */
public final class ConfigurationView extends PageView {
    private static final String FILE_NAME = "config.txt";
    private static final KeyCombination SAVE = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);

    private final Workplace workplace;
    private final ConfigurationModel model;
    private final Outcome outcome = new Outcome("configuration.outcome");
    private final Notices notices;
    private final OptionsForm form;
    private final TextTab text;
    private final HistoryTab history;
    private final ReviewPane review;
    private final Tab formTab = new Tab(text("configuration.tab.form"));
    private final Tab textTab = new Tab(text("configuration.tab.text"));
    private final Tab historyTab = new Tab(text("configuration.tab.history"));
    private final TabPane tabs = new TabPane(formTab, textTab, historyTab);
    private final Label unread = new Label(text("configuration.reading"));
    private final StackPane body = new StackPane();
    private final Label place = new Label();
    private final Hyperlink wrong = new Hyperlink();
    private final Button reviewing = Buttons.main("configuration.review", Feather.SAVE, this::review);
    private final Button discard = Buttons.of("configuration.discard", Feather.TRASH_2, this::discard);
    private final Button reload = Buttons.of("configuration.reload", Feather.REFRESH_CW, this::reload);

    /** The view. */
    public ConfigurationView(Workplace workplace) {
        super(ViewName.CONFIGURATION);
        this.workplace = workplace;
        this.model = watching(new ConfigurationModel(
                workplace.remote(),
                workplace.server().home().map(home -> home.resolve(FILE_NAME)),
                workplace.clockwork(),
                workplace.background(),
                workplace.window()));
        Draft draft = model.draft();
        this.notices = new Notices(model, workplace.questions(), outcome);
        this.form = new OptionsForm(draft);
        this.text = new TextTab(draft);
        this.history = new HistoryTab(
                model, new HistoryModel(workplace.remote(), draft), workplace.settings(), workplace.questions());
        this.review = new ReviewPane(model, workplace.settings(), this::edit);
        review.onSaved(this::saved);
        formTab.setContent(form);
        textTab.setContent(text);
        historyTab.setContent(history);
        tabs.setId("configuration.tabs");
        tabs.setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
        tabs.getSelectionModel().selectedItemProperty().addListener((_, _, tab) -> {
            if (tab.equals(historyTab)) {
                history.refresh();
            }
        });
        unread.getStyleClass().add("empty");
        unread.setWrapText(true);
        place.setId("configuration.place");
        place.getStyleClass().add("faint");
        wrong.setId("configuration.wrong");
        wrong.setOnAction(_ -> showProblems());
        for (Button action : List.of(reload, discard, reviewing)) {
            action.setMinWidth(Button.USE_PREF_SIZE);
        }
        page().addActions(reload, discard, reviewing);
        page().add(new HBox(12, place, wrong));
        page().add(notices);
        page().addGrowing(body);
        page().add(outcome);
        page().addEventHandler(KeyEvent.KEY_PRESSED, pressed -> {
            if (SAVE.match(pressed)) {
                review();
                pressed.consume();
            }
        });
        body.getChildren().setAll(unread);
        draft.revision().addListener((_, _, _) -> update());
        model.source().addListener((_, _, _) -> update());
        model.trouble().addListener((_, _, _) -> update());
        update();
    }

    @Override
    public void refresh() {
        super.refresh();
        history.refresh();
    }

    @Override
    public void go(String item) {
        edit();
        tabs.getSelectionModel().select(formTab);
        if (!form.go(item)) {
            outcome.warn(text("configuration.nooption", item));
        }
    }

    @Override
    public void find() {
        edit();
        Tab tab = tabs.getSelectionModel().getSelectedItem();
        if (tab.equals(textTab)) {
            text.find();
        } else if (tab.equals(historyTab)) {
            history.find();
        } else {
            form.find();
        }
    }

    @Override
    public void export() {
        byte[] bytes = model.draft().document().bytes();
        workplace
                .questions()
                .fileToSave(text("configuration.export.title"), FILE_NAME)
                .done(file -> {
                    outcome.follow(
                            Background.run(workplace.background(), workplace.window(), () -> Files.write(file, bytes)),
                            text("configuration.exporting"),
                            (Path written) -> text("configuration.exported", written));
                });
    }

    @Override
    public boolean unsaved() {
        return model.draft().edited();
    }

    @Override
    public void close() {
        model.close();
    }

    private void update() {
        boolean loaded = model.draft().base().isPresent();
        boolean served = model.source().get().filter(Source::served).isPresent();
        reviewing.setDisable(!model.draft().edited());
        discard.setDisable(!model.draft().edited());
        reload.setDisable(!served);
        place.setText(model.draft().base().map(Loaded::place).orElse(""));
        unread.setText(text(model.trouble().get().isPresent() ? "configuration.cannotread" : "configuration.reading"));
        if (loaded && body.getChildren().contains(unread)) {
            show(tabs);
        }
        long errors = count(Severity.ERROR);
        long warnings = count(Severity.WARNING);
        wrong.setVisible(errors + warnings > 0);
        wrong.setText(text("configuration.problems", errors, warnings));
        wrong.getStyleClass().removeAll("bad", "doubtful");
        wrong.getStyleClass().add(errors > 0 ? "bad" : "doubtful");
    }

    private long count(Severity severity) {
        return model.draft().problems().stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }

    private void show(Node node) {
        body.getChildren().setAll(node);
    }

    private void showProblems() {
        edit();
        tabs.getSelectionModel().select(textTab);
        text.goToFirstProblem();
    }

    private void edit() {
        if (body.getChildren().contains(review)) {
            show(tabs);
            tabs.requestFocus();
        }
    }

    private void review() {
        if (model.draft().edited() && !body.getChildren().contains(review)) {
            outcome.clear();
            show(review);
            review.begin();
        }
    }

    private void saved(Stored stored) {
        edit();
        outcome.done(stored.reloaded()
                .map(reloaded -> text("configuration.saved.acts", Words.reloaded(reloaded)))
                .orElse(text("configuration.saved.alone")));
        if (model.left().get().isPresent()) {
            notices.focusKeep();
        }
    }

    private void discard() {
        workplace
                .questions()
                .confirm(Confirmation.beforeDestroying("configuration.discard", count()))
                .done(wanted -> {
                    if (wanted) {
                        model.discard();
                        edit();
                        outcome.done(text("configuration.discarded"));
                    }
                });
    }

    /** What would be lost, in words. */
    private String count() {
        long options = form.changed();
        return options == 0 ? text("configuration.discard.lines") : text("configuration.discard.options", options);
    }

    private void reload() {
        outcome.follow(model.reload(), text("configuration.reloading"), Words::reloaded)
                .done(reloaded -> {
                    if (!reloaded.applied()) {
                        outcome.failed(Words.reloaded(reloaded));
                    }
                });
    }
}
