package org.confmail.server.admin;

import java.io.IOException;
import java.util.List;
import org.confmail.server.block.Key;
import org.confmail.shared.admin.DhtMethods.Contact;
import org.confmail.shared.admin.DhtMethods.Found;
import org.confmail.shared.admin.DhtMethods.State;

/** The node of the Entangled network, as operators see it. Lists are snapshots. */
public interface DhtView {
    State state();

    /** All contacts, bucket by bucket. */
    List<Contact> contacts();

    /** Looks a key up; blocks for as long as that takes, less than 30 s. */
    Found lookup(Key key) throws IOException;
}
