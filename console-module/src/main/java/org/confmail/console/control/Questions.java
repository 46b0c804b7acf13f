package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import java.nio.file.Path;
import java.util.Optional;
import org.confmail.console.remote.Answer;

/** What the user is asked in dialogs. None of them holds up the window. */
public interface Questions {

    /** Asks before something is done; true when the user wants it. */
    Answer<Boolean> confirm(Confirmation confirmation);

    /** Asks for a file to write; no answer comes when the user does not want one. */
    Answer<Path> fileToSave(String title, String suggestedName);

    /** Asks for a file to read; no answer comes when the user does not want one. */
    Answer<Path> fileToOpen(String title, Optional<Path> beginAt);

    /** Asks for a directory; no answer comes when the user does not want one. */
    Answer<Path> directory(String title, Optional<Path> beginAt);

    /**
     * A question.
     *
     * @param title in a few words, what will be done
     * @param words what will be done, to what, how many, and whether it can be taken back
     * @param action what the button says
     * @param destroys whether something is taken away; ENTER then does not confirm
     */
    record Confirmation(String title, String words, String action, boolean destroys) {
        /** A question before something is taken away: its texts stand under KEY.title, KEY.text and KEY.action. */
        public static Confirmation beforeDestroying(String key, Object... arguments) {
            return new Confirmation(text(key + ".title"), text(key + ".text", arguments), text(key + ".action"), true);
        }

        /** A question before something else: its texts stand under KEY.title, KEY.text and KEY.action. */
        public static Confirmation before(String key, Object... arguments) {
            return new Confirmation(text(key + ".title"), text(key + ".text", arguments), text(key + ".action"), false);
        }
    }
}
