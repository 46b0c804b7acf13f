package org.confmail.server.admin.rpc;

import java.io.IOException;
import org.confmail.shared.admin.AdminException;

/** Executes one method. Runs in a virtual thread of its own, may block, and ends within a bounded time. */
@FunctionalInterface
public interface Handler<P extends Record, R extends Record> {

    /**
     * Does what is asked.
     *
     * @throws AdminException when it is not done, with what would be right
     * @throws IOException when a disk or a network failed
     */
    R handle(P params, Caller caller) throws AdminException, IOException;
}
