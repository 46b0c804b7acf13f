package org.confmail.console.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;

/** Calls from a test into the toolkit's thread. */
public final class Fx {
    private Fx() {}

    /** Runs it in the toolkit's thread, and returns what it returns. */
    public static <T> T get(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        if (Platform.isFxApplicationThread()) {
            task.run();
        } else {
            Platform.runLater(task);
        }
        try {
            return task.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("in the toolkit's thread", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the toolkit's thread is blocked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Runs it in the toolkit's thread, and returns when it has run. */
    public static void run(Runnable work) {
        get(() -> {
            work.run();
            return true;
        });
    }

    /** Returns when {@code condition}, looked at in the toolkit's thread, is true, and fails the test if that takes too long. */
    public static void until(String what, Callable<Boolean> condition) {
        Await.until(what, () -> get(condition));
    }
}
