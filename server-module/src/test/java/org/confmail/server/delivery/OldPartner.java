package org.confmail.server.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.confmail.server.delivery.peer.ScriptedPeer;
import org.confmail.server.delivery.peer.ScriptedPeer.Conversation;
import org.confmail.shared.config.HostPort;

/**
 * A replication partner that behaves like the existing server (PROTOCOL sections 2, 8, 15 and 17): TLS 1.2 only, a limit on
 * connections, one answer for each request, nothing said unasked. What goes wrong is set by a test.
 */
final class OldPartner implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 20;

    private final ScriptedPeer server;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Mishap mishap = Mishap.NONE;
    private volatile boolean stuck;
    private volatile boolean happened;

    /** The points of a session, in their order. Those from {@link #COMMAND_HEARD} on come with each command. */
    enum Moment {
        CONNECTED,
        GREETED,
        STARTTLS_HEARD,
        PROCEED_SAID,
        WITHIN_HANDSHAKE,
        HANDSHAKE_DONE,
        ENCRYPTED_SAID,
        LOGIN_HEARD,
        LOGIN_ANSWERED,
        COMMAND_HEARD,
        WITHIN_BLOCK,
        BLOCK_HEARD,
        TAKEN,
        DONE_SAID;

        private static final Set<Moment> OF_EACH_COMMAND =
                Set.of(COMMAND_HEARD, WITHIN_BLOCK, BLOCK_HEARD, TAKEN, DONE_SAID);

        boolean isOfCommand() {
            return OF_EACH_COMMAND.contains(this);
        }
    }

    /** What happens there. The connection does nothing useful after it. */
    enum Deed {
        HANG_UP,
        RESET,
        /** Not a byte, for ever. */
        SILENCE,
        ENDLESS_LINE,
        /** An answer other than DONE, asked for or not, and the end. */
        REFUSAL,
        /** An answer from another place, and the end. */
        OUT_OF_STEP
    }

    /** @param command of how many commands before the moment counts */
    record Mishap(Moment moment, int command, Deed deed) {
        /** Of a moment that never comes. */
        static final Mishap NONE = new Mishap(Moment.CONNECTED, -1, Deed.HANG_UP);

        private boolean isAt(Moment now, int commands) {
            return moment == now && command == commands;
        }
    }

    OldPartner() throws IOException {
        server = ScriptedPeer.playing(this::play);
    }

    HostPort address() {
        return server.address();
    }

    /** Sets what happens on each connection from now on that comes so far. */
    void meet(Mishap mishap) {
        happened = false;
        this.mishap = mishap;
    }

    /** Whether a session came to where it was to happen. */
    boolean happened() {
        return happened;
    }

    /** Whether a session does not end before the other side ends it. */
    boolean stuck() {
        return stuck;
    }

    /** The commands whose effect is durable here, answered or not, in order. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void play(Conversation with) throws IOException {
        try {
            if (open.incrementAndGet() > CONNECTIONS_MAX) {
                with.say("CONFIDANT MAIL SERVER PROTOCOL 1 BUSY");
                return;
            }
            new Session(with, mishap).run();
        } finally {
            open.decrementAndGet();
        }
    }

    private final class Session {
        private final Conversation with;
        private final Mishap mishap;
        private int commands;

        Session(Conversation with, Mishap mishap) {
            this.with = with;
            this.mishap = mishap;
        }

        void run() throws IOException {
            begin();
            while (true) {
                String command = with.hear();
                if (command.equals("QUIT")) {
                    with.say("GOODBYE");
                    return;
                }
                commands++;
                at(Moment.COMMAND_HEARD);
                if (command.startsWith("REPLICATE ")) {
                    block();
                }
                at(Moment.BLOCK_HEARD);
                taken.add(command);
                at(Moment.TAKEN);
                with.say("DONE");
                at(Moment.DONE_SAID);
            }
        }

        private void begin() throws IOException {
            at(Moment.CONNECTED);
            with.say(ScriptedPeer.GREETING);
            at(Moment.GREETED);
            with.hear(); // STARTTLS
            at(Moment.STARTTLS_HEARD);
            with.say("PROCEED");
            at(Moment.PROCEED_SAID);
            if (mishap.isAt(Moment.WITHIN_HANDSHAKE, 0)) {
                with.hearBytes(50); // of the other side's first message
                at(Moment.WITHIN_HANDSHAKE);
            }
            with.oldHandshake();
            at(Moment.HANDSHAKE_DONE);
            with.say("ENCRYPTED");
            at(Moment.ENCRYPTED_SAID);
            with.hear(); // LOGIN
            at(Moment.LOGIN_HEARD);
            with.say("DONE");
            at(Moment.LOGIN_ANSWERED);
        }

        private void block() throws IOException {
            for (String line = with.hear(); !line.equals("EndBlock"); line = with.hear()) {
                if (line.startsWith("Data: ")) {
                    int length = Integer.parseInt(line.substring("Data: ".length()));
                    with.hearBytes(length / 2);
                    at(Moment.WITHIN_BLOCK);
                    with.hearBytes(length - length / 2);
                    return;
                }
                at(Moment.WITHIN_BLOCK);
            }
        }

        private void at(Moment now) throws IOException {
            if (mishap.isAt(now, commands)) {
                stuck = mishap.deed() == Deed.SILENCE || mishap.deed() == Deed.ENDLESS_LINE;
                happened = true;
                try {
                    act();
                } finally {
                    stuck = false;
                }
                throw new EOFException("as was set");
            }
        }

        private void act() throws IOException {
            switch (mishap.deed()) {
                case HANG_UP -> with.close();
                case RESET -> with.reset();
                case SILENCE -> with.hang();
                case ENDLESS_LINE -> with.babble();
                case REFUSAL -> with.say("FAILED");
                case OUT_OF_STEP -> with.say("PROCEED\r\nENCRYPTED");
            }
        }
    }
}
