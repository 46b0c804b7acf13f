package org.confmail.console.dht;

import static org.confmail.console.text.Texts.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Remote;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.DhtMethods.Found;
import org.confmail.shared.admin.DhtMethods.Lookup;

/** Looks keys up in the network, one at a time. Belongs to the thread of the window. */
final class LookupModel {
    private static final int DIGITS = 40;
    private static final Pattern OTHER_THAN_DIGITS = Pattern.compile("[^0-9a-fA-F]");

    private final Remote remote;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Found>> found = new ReadOnlyObjectWrapper<>(Optional.empty());

    LookupModel(Remote remote) {
        this.remote = remote;
    }

    /** Whether one is under way. */
    ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /** What came of the last one. */
    ReadOnlyObjectProperty<Optional<Found>> found() {
        return found.getReadOnlyProperty();
    }

    /** What is wrong with a key as it is typed, if anything is. */
    static Optional<String> wrong(String typed) {
        String key = typed.strip();
        var other = OTHER_THAN_DIGITS.matcher(key);
        if (other.find()) {
            return Optional.of(text("dht.key.digit", other.group()));
        }
        int missing = DIGITS - key.length();
        if (missing > 0) {
            return Optional.of(text("dht.key.short", missing));
        }
        return missing < 0 ? Optional.of(text("dht.key.long", -missing)) : Optional.empty();
    }

    /** Looks up; the key must be right. */
    Answer<Found> lookup(String typed) {
        running.set(true);
        return remote.call(DhtMethods.LOOKUP, new Lookup(typed.strip().toLowerCase(Locale.ROOT)))
                .done(told -> found.set(Optional.of(told)))
                .ended(() -> running.set(false));
    }

    /** What came of it, in words. */
    static String words(Found found) {
        String millis = Shown.number(found.millis());
        int asked = found.path().size();
        if (!found.found()) {
            return asked == 0 ? text("dht.lookup.nobody") : text("dht.lookup.missing", asked, millis);
        }
        return found.hops() == 0 ? text("dht.lookup.here") : text("dht.lookup.found", found.hops(), asked, millis);
    }
}
