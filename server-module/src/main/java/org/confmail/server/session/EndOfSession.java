package org.confmail.server.session;

import java.io.IOException;

/** The session ends here and now, without a further answer. The message is the reason in the log; the peer never sees it. */
final class EndOfSession extends IOException {
    EndOfSession(String reason) {
        super(reason);
    }
}
