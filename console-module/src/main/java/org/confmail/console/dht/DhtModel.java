package org.confmail.console.dht;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.PagedList;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.ConnectionMethods.Page;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.DhtMethods.Contact;
import org.confmail.shared.admin.DhtMethods.Contacts;
import org.confmail.shared.admin.DhtMethods.State;

/** The node and whom it knows. Belongs to the thread of the window. */
final class DhtModel implements Watch {
    /** A routing table has at most 160 buckets of a few nodes. */
    static final int CONTACTS_MAX = 5000;

    private static final int PAGE = 1000;
    private static final Duration ASKED = Duration.ofSeconds(5);

    private final Remote remote;
    private final Refresh<State> askingState;
    private final Refresh<List<Contact>> askingContacts;
    private final ReadOnlyObjectWrapper<Optional<State>> state = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Contact>> contacts = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Membership> membership =
            new ReadOnlyObjectWrapper<>(Membership.of(Optional.empty(), Optional.empty()));

    DhtModel(Remote remote, Clockwork clockwork) {
        this.remote = remote;
        this.askingState =
                new Refresh<>(remote, clockwork, ASKED, () -> remote.call(DhtMethods.STATE), this::took, this::failed);
        this.askingContacts = new Refresh<>(remote, clockwork, ASKED, this::askContacts, contacts::set, _ -> {});
    }

    /** The node; empty before it was told, and where the server has none. */
    ReadOnlyObjectProperty<Optional<State>> state() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<Contact>> contacts() {
        return contacts.getReadOnlyProperty();
    }

    /** Whether it is part of the network. */
    ReadOnlyObjectProperty<Membership> membership() {
        return membership.getReadOnlyProperty();
    }

    @Override
    public void start() {
        askingState.start();
        askingContacts.start();
    }

    @Override
    public void stop() {
        askingState.stop();
        askingContacts.stop();
    }

    @Override
    public void refresh() {
        askingState.now();
        askingContacts.now();
    }

    private Answer<List<Contact>> askContacts() {
        return PagedList.all(
                after -> remote.call(DhtMethods.CONTACTS, new Page(after, Optional.of(PAGE))),
                Contacts::contacts,
                Contacts::next,
                CONTACTS_MAX);
    }

    private void took(State told) {
        state.set(Optional.of(told));
        membership.set(Membership.of(state.get(), Optional.empty()));
    }

    /** A node that is too busy to answer stays as it was told last. */
    private void failed(Problem why) {
        Membership now = Membership.of(state.get(), Optional.of(why));
        if (now.standing() == Membership.Standing.ABSENT) {
            state.set(Optional.empty());
            contacts.set(List.of());
        }
        membership.set(now);
    }
}
