package org.confmail.console.text;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/**
 * The texts of the console by their keys. A key begins with the view that shows the text. Texts are patterns of
 * {@link MessageFormat}, also those that take no arguments: an apostrophe is written twice.
 */
public final class Texts {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.confmail.console.text.messages");

    private Texts() {}

    /**
     * The text with {@code arguments} in place of {0}, {1} and so on.
     *
     * @throws java.util.MissingResourceException when there is no such key
     */
    public static String text(String key, Object... arguments) {
        return new MessageFormat(BUNDLE.getString(key), BUNDLE.getLocale()).format(arguments);
    }
}
