package org.confmail.console.view;

import java.util.Optional;

/**
 * A place to go to from another view.
 *
 * @param view the view
 * @param item what to show there, in the view's own terms: a target, an option, a moment; empty for the view as it is
 */
public record Destination(ViewName view, Optional<String> item) {
    /** The view as it is. */
    public static Destination of(ViewName view) {
        return new Destination(view, Optional.empty());
    }

    /** Something in the view. */
    public static Destination of(ViewName view, String item) {
        return new Destination(view, Optional.of(item));
    }
}
