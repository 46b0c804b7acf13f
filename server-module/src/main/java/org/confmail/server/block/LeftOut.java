package org.confmail.server.block;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the invalid entries of a post, and remembers why the first one is. */
final class LeftOut {
    private final String what;
    private int count;
    private @Nullable InvalidBlock first;

    /** @param what one entry is called in the log */
    LeftOut(String what) {
        this.what = what;
    }

    void add(InvalidBlock invalid) {
        first = first == null ? invalid : first;
        count++;
    }

    /** Why nothing of the post was valid. */
    InvalidBlock all() {
        return first == null ? new InvalidBlock("no " + what + " in it") : first;
    }

    /** For the operator's log, where something was left out. */
    Optional<String> remark() {
        if (first == null) {
            return Optional.empty();
        }
        return Optional.of(
                count == 1
                        ? "1 " + what + " left out: " + first.reason()
                        : count + " " + what + "s left out, the first: " + first.reason());
    }
}
