package org.confmail.server.main;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals by which an operator steers a running server. Module jdk.unsupported is the official home of the only way to
 * them, but javac warns of it in a way that cannot be switched off; hence the reflection.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger("server");

    private final Class<?> signal;
    private final Class<?> handler;

    private Signals() throws ClassNotFoundException {
        signal = Class.forName("sun.misc.Signal");
        handler = Class.forName("sun.misc.SignalHandler");
    }

    /**
     * TERM and INT call {@code stop}, HUP calls {@code reload}, each on a thread of its own. A second TERM or INT ends the
     * process at once with status 1, for a stop that hangs.
     */
    static void handle(Runnable stop, Runnable reload) {
        Signals signals;
        try {
            signals = new Signals();
        } catch (ClassNotFoundException e) {
            LOG.warn("signals: this Java runtime has no module jdk.unsupported; TERM ends the server at once", e);
            return;
        }
        AtomicBoolean stopping = new AtomicBoolean();
        for (String name : new String[] {"TERM", "INT"}) {
            signals.on(name, () -> {
                if (stopping.getAndSet(true)) {
                    LOG.warn("a second {} while stopping: ending at once", name);
                    Runtime.getRuntime().halt(Main.FAILED);
                }
                LOG.info("{} received: stopping", name);
                stop.run();
            });
        }
        signals.on("HUP", reload);
    }

    private void on(String name, Runnable action) {
        Object proxy = Proxy.newProxyInstance(
                Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        run(name, action);
                    }
                    return null;
                });
        try {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException e) {
            // Windows has no HUP; a JVM that was started with -Xrs leaves all signals to the system.
            LOG.debug("signals: {} cannot be handled here: {}", name, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(String name, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("signals: handling {} failed", name, e);
        }
    }
}
