package org.confmail.server.admin;

import java.util.List;
import org.confmail.server.block.Key;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.DhtMethods.Contact;
import org.confmail.shared.admin.DhtMethods.Found;
import org.confmail.shared.admin.DhtMethods.State;

/** The node of the Entangled network, as operators see it. Lists are snapshots. */
public interface DhtView {
    State state() throws AdminException;

    /** All contacts, bucket by bucket. */
    List<Contact> contacts() throws AdminException;

    /** Looks a key up; blocks for as long as that takes, less than 30 s. */
    Found lookup(Key key) throws AdminException;
}
