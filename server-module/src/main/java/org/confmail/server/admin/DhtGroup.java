package org.confmail.server.admin;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.block.Key;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConnectionMethods.Page;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.DhtMethods.Contact;
import org.confmail.shared.admin.DhtMethods.Contacts;
import org.confmail.shared.admin.DhtMethods.Found;
import org.confmail.shared.admin.DhtMethods.Lookup;

/** The node of the Entangled network. */
final class DhtGroup {
    private final Optional<DhtView> view;

    DhtGroup(Optional<DhtView> view) {
        this.view = view;
    }

    void register(Methods methods) {
        methods.on(DhtMethods.STATE, (nothing, caller) -> dht().state())
                .on(DhtMethods.CONTACTS, this::contacts)
                .on(DhtMethods.LOOKUP, this::lookup);
    }

    private Contacts contacts(Page page, Caller caller) throws AdminException {
        List<Contact> sorted = dht().contacts().stream()
                .sorted((a, b) -> place(a).compareTo(place(b)))
                .toList();
        Paging<Contact> found = Paging.of(sorted, DhtGroup::place, page.after(), page.limit());
        return new Contacts(found.items(), found.total(), found.next());
    }

    private static String place(Contact contact) {
        return String.format(Locale.ROOT, "%03d %s", contact.bucket(), contact.id());
    }

    private Found lookup(Lookup lookup, Caller caller) throws AdminException, IOException {
        Key key = Key.parse(lookup.key())
                .orElseThrow(() -> new AdminException(AdminError.WRONG_PARAMS, "'key' must be 40 hexadecimal digits"));
        return dht().lookup(key);
    }

    private DhtView dht() throws AdminException {
        return view.orElseThrow(() -> new AdminException(
                AdminError.UNAVAILABLE,
                "this server takes no part in the Entangled network (dht: false, or no DHT yet)"));
    }
}
