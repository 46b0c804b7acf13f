package org.confmail.server.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.confmail.server.block.Key;
import org.confmail.server.follow.Followers.Following;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.QueueMethods.Count;
import org.confmail.shared.admin.QueueMethods.Done;
import org.confmail.shared.admin.QueueMethods.Entry;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.confmail.shared.admin.QueueMethods.OldBatch;
import org.confmail.shared.admin.QueueMethods.Removed;
import org.confmail.shared.admin.QueueMethods.Step;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.ServerMethods.QueueLength;

/**
 * The send queue, as operators see and steer it. Lists are snapshots. A target or batch that is not there is an
 * {@link AdminException} of the kind not-found.
 */
public interface QueueControl {
    QueueLength length();

    /** All targets that have entries, failures, or are held; those with failures first. */
    List<TargetLine> targets();

    /** The entries of a target, the oldest first. */
    List<Entry> entries(String target) throws AdminException;

    /** The key of the block that an entry of this name holds; an account change has none. Reads a file. */
    Optional<Key> blockKey(String name);

    /** Has {@code follower} told whenever a target or its entries change, until closed. */
    Following follow(Follower follower);

    Done retry(String target) throws AdminException;

    /** Durable when this returns. */
    Done hold(String target) throws AdminException, IOException;

    /** Durable when this returns. */
    Done release(String target) throws AdminException, IOException;

    Count count(Filter filter) throws AdminException;

    Removed remove(Filter filter) throws AdminException, IOException;

    List<OldBatch> removed() throws IOException;

    Count restore(String batch) throws AdminException, IOException;

    /** Connects as sending would, and sends nothing; each step is told as it ends. Takes less than 30 s. */
    void probe(String target, Consumer<Step> steps) throws AdminException;

    /** Is told of changes; may be called under locks, so it must be quick and never block. */
    @FunctionalInterface
    interface Follower {
        /** @param entries whether the list of its entries has changed, or the state of one of them */
        void changed(String target, boolean entries);
    }
}
