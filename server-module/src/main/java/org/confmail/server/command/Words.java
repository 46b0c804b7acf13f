package org.confmail.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words behind a command, taken away one by one: first options, which may stand anywhere, then the others in their order. */
final class Words {
    private final List<String> words;

    Words(List<String> words) {
        this.words = new ArrayList<>(words);
    }

    /** Whether an option without a value is there. */
    boolean flag(String name) {
        return words.remove(name) || words.remove("-" + name);
    }

    /** The value of an option. */
    Optional<String> option(String name) throws WrongUse {
        int at = Math.max(words.indexOf(name), words.indexOf("-" + name));
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == words.size()) {
            throw new WrongUse(name + " needs a value");
        }
        words.remove(at);
        return Optional.of(words.remove(at));
    }

    /** The value of an option, a whole number that is not negative. */
    Optional<Integer> number(String name) throws WrongUse {
        Optional<String> text = option(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(number(name, text.get()));
    }

    static int number(String name, String text) throws WrongUse {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new WrongUse(name + " '" + text + "' is no whole number");
    }

    /** The next word that is no option. */
    Optional<String> next() {
        return words.isEmpty() ? Optional.empty() : Optional.of(words.removeFirst());
    }

    /** The next word, which must be there. */
    String next(String what) throws WrongUse {
        return next().orElseThrow(() -> new WrongUse(what + " is missing"));
    }

    /** Makes sure that nothing is left. */
    void end() throws WrongUse {
        if (!words.isEmpty()) {
            throw new WrongUse("'" + words.getFirst() + "' makes no sense here");
        }
    }
}
