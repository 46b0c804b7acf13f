package org.confmail.console.dht;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import org.confmail.console.remote.Problem;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.DhtMethods.State;

/**
 * Whether the server is part of the network.
 *
 * @param standing in a word
 * @param words in a sentence
 * @param remedy what to do, or what it means
 */
record Membership(Standing standing, String words, String remedy) {

    static Membership of(Optional<State> state, Optional<Problem> problem) {
        if (problem.filter(why -> why.is(AdminError.UNAVAILABLE)).isPresent()) {
            return new Membership(Standing.ABSENT, text("dht.absent"), text("dht.absent.remedy"));
        }
        if (state.isEmpty()) {
            return new Membership(
                    Standing.UNKNOWN,
                    problem.map(why -> text("dht.unknown", why.text())).orElse(text("dht.asking")),
                    "");
        }
        State node = state.get();
        if (node.contacts() == 0) {
            return new Membership(Standing.ALONE, text("dht.alone"), text("dht.alone.remedy", "" + node.port()));
        }
        String size = node.networkNodes() > 0
                ? text("dht.member.size", node.networkNodes(), Shown.number(node.networkNodes()))
                : text("dht.member.unmeasured");
        return new Membership(Standing.MEMBER, text("dht.member", node.contacts()), size);
    }

    enum Standing {
        /** Not told yet, or cannot be told. */
        UNKNOWN,
        /** It takes no part, by its settings. */
        ABSENT,
        /** It would take part, and knows nobody. */
        ALONE,
        MEMBER
    }
}
