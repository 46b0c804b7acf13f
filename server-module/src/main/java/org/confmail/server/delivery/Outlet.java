package org.confmail.server.delivery;

import java.io.IOException;
import java.util.Optional;
import org.confmail.server.account.Account;
import org.confmail.server.delivery.peer.OutgoingBlock;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.server.delivery.peer.PeerSession;
import org.confmail.server.log.LogText;

/** Where the entries of one target go while a session lasts. Belongs to one thread. */
interface Outlet extends AutoCloseable {

    /**
     * Delivers one entry.
     *
     * @return empty when the other side took it; else what it said, in words
     * @throws PeerFailure when the session has ended
     * @throws IOException when the entry's file cannot be read; the session has ended then too
     * @throws DamagedEntry when the entry can never be delivered here
     */
    Optional<String> deliver(QueueEntry entry, Block block) throws PeerFailure, IOException, DamagedEntry;

    @Override
    void close();

    /** Makes the block of the entry, where it has one. */
    interface Block {
        OutgoingBlock make() throws DamagedEntry;
    }

    /** The replication partner (PROTOCOL section 2). */
    record ToPartner(PeerSession session) implements Outlet {
        @Override
        public Optional<String> deliver(QueueEntry entry, Block block) throws PeerFailure, IOException, DamagedEntry {
            return refusal(
                    switch (entry) {
                        case QueueEntry.AccountChange(Account account) ->
                            session.ask("REPLOGIN " + account.user() + " "
                                    + account.key().text());
                        case QueueEntry.Replication replication ->
                            session.send("REPLICATE " + replication.key() + " " + replication.user(), block.make());
                        case QueueEntry.Proxy _ -> throw new DamagedEntry("it is not for the replication partner");
                    });
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** A server that takes blocks from anybody. */
    record ToServer(PeerSession session) implements Outlet {
        @Override
        public Optional<String> deliver(QueueEntry entry, Block block) throws PeerFailure, IOException, DamagedEntry {
            if (entry instanceof QueueEntry.Proxy proxy) {
                return refusal(session.send("STORE SERVER " + proxy.key(), block.make()));
            }
            throw new DamagedEntry("it is for the replication partner alone");
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** This server's own node of the DHT. */
    record ToOwnDht(OwnDht dht) implements Outlet {
        @Override
        public Optional<String> deliver(QueueEntry entry, Block block) throws IOException, DamagedEntry {
            if (entry instanceof QueueEntry.Proxy proxy) {
                return dht.publish(proxy.key(), block.make());
            }
            throw new DamagedEntry("it is for the replication partner alone");
        }

        @Override
        public void close() {}
    }

    private static Optional<String> refusal(String answer) {
        return answer.equals("DONE") ? Optional.empty() : Optional.of("the answer was " + LogText.quote(answer));
    }
}
