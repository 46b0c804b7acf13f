package org.confmail.console.configuration;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.OptionType;

/** The control in which an option is edited. */
interface Editor {
    /** What stands on the screen. */
    Node node();

    /** Shows these values, without a word to anybody; what is being typed and means the same stays. */
    void show(List<String> values);

    /** Puts the cursor there. */
    void focus();

    /** The control that suits the option; it tells what the user makes of the values. */
    static Editor of(ConfigOption<?> option, Consumer<List<String>> edited) {
        return switch (option.type()) {
            case OptionType.Switch _ -> new SwitchEditor(option, edited);
            case OptionType.Choice<?> choice -> new ChoiceEditor(option, choice, edited);
            case OptionType.AuthKey _ -> new SecretEditor(option, edited);
            case OptionType.Delays _ -> new ListEditor(option, new OptionType.Seconds(0), edited);
            case OptionType<?> type when option.repeatable() -> new ListEditor(option, type, edited);
            case OptionType<?> _ -> new WordEditor(option, edited);
        };
    }

    /** The id of an option's control. */
    static String id(ConfigOption<?> option) {
        return "configuration.option." + option.name();
    }
}
