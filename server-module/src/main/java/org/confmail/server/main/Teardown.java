package org.confmail.server.main;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be closed in reverse order; one that fails to close does not keep the others open. */
final class Teardown {
    private static final Logger LOG = LoggerFactory.getLogger("server");

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T own(T part) {
        owned.push(part);
        return part;
    }

    synchronized void run() {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                LOG.warn("stopping: {}", e.toString(), e);
            }
        }
    }
}
