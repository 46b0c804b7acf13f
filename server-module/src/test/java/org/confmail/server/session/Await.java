package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what other threads bring about. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = 500_000;

    private Await() {}

    /** Waits until the condition holds; fails, naming what was waited for, when it does not come to hold. */
    public static void until(String what, Condition condition) throws Exception {
        until(() -> what, condition);
    }

    public static void until(Supplier<String> what, Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                fail("waited in vain: " + what.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    public interface Condition {
        boolean holds() throws Exception;
    }
}
