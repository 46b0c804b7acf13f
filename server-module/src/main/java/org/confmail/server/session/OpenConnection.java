package org.confmail.server.session;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.confmail.server.account.Account;

/**
 * A client's connection at one moment.
 *
 * @param number counts from 1 since the server started; the log has it too
 * @param address the client's, in digits
 * @param user who is logged in
 * @param tls the version of TLS; empty in plain text
 * @param cipher the cipher suite; empty in plain text
 * @param doing what it is at, without secrets
 * @param received bytes, inside TLS
 * @param sent bytes, inside TLS
 * @param commands how many of each kind, in the order of the log, without those of which there was none
 */
public record OpenConnection(
        long number,
        String address,
        int port,
        Optional<String> user,
        Optional<String> tls,
        Optional<String> cipher,
        Instant opened,
        String doing,
        long received,
        long sent,
        Map<String, Integer> commands) {

    static OpenConnection of(Connection connection) {
        SessionState state = connection.state();
        return new OpenConnection(
                connection.number(),
                connection.peerHost(),
                connection.peerPort(),
                Optional.of(state.user()).filter(user -> !user.equals(Account.NONE)),
                connection.tls().map(SSLSession::getProtocol),
                connection.tls().map(SSLSession::getCipherSuite),
                state.opened(),
                state.doing(),
                state.received(),
                state.sent(),
                state.commands());
    }
}
