package org.confmail.server.main;

import java.util.Map;
import java.util.function.Supplier;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.Limits;
import org.confmail.server.config.Settings.Ages;

/** The limits of the local store by the settings of this moment; made anew only when the ages have changed. */
final class CurrentLimits implements Supplier<Limits> {
    private final Supplier<Ages> ages;
    private volatile Made made;

    CurrentLimits(Supplier<Ages> ages) {
        this.ages = ages;
        this.made = make(ages.get());
    }

    @Override
    public Limits get() {
        Ages now = ages.get();
        Made last = made;
        if (!last.of.equals(now)) {
            last = make(now);
            made = last; // two threads may do this at once, to the same effect
        }
        return last.limits;
    }

    private static Made make(Ages ages) {
        return new Made(
                ages,
                Limits.server(Map.of(
                        BlockType.KEY_ANNOUNCEMENT, ages.key(),
                        BlockType.DATA, ages.data(),
                        BlockType.MESSAGE_ANNOUNCEMENT, ages.message(),
                        BlockType.ACKNOWLEDGMENT, ages.ack(),
                        BlockType.ADDRESS_CLAIM, ages.claim())));
    }

    private record Made(Ages of, Limits limits) {}
}
