package org.confmail.console.certificates;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.OneByOne;
import org.confmail.console.remote.OneByOne.Tally;
import org.confmail.console.remote.PagedList;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.CertificateMethods;
import org.confmail.shared.admin.CertificateMethods.Certificate;
import org.confmail.shared.admin.CertificateMethods.OwnCertificate;
import org.confmail.shared.admin.CertificateMethods.Remembered;
import org.confmail.shared.admin.CertificateMethods.Renewed;
import org.confmail.shared.admin.CertificateMethods.Server;
import org.confmail.shared.admin.ConnectionMethods.Page;

/** The server's own certificate and those of others. Belongs to the thread of the window. */
final class CertificatesModel implements Watch {
    /** More are not listed. */
    static final int LISTED_MAX = 20_000;

    private static final int PAGE = 1000;
    private static final Duration ASKED = Duration.ofSeconds(15);

    private final Remote remote;
    private final Refresh<OwnCertificate> askingOwn;
    private final Refresh<List<Certificate>> askingOthers;
    private final ReadOnlyObjectWrapper<Optional<OwnCertificate>> own = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Certificate>> others = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());

    CertificatesModel(Remote remote, Clockwork clockwork) {
        this.remote = remote;
        this.askingOwn = new Refresh<>(
                remote,
                clockwork,
                ASKED,
                () -> remote.call(CertificateMethods.OWN),
                found -> own.set(Optional.of(found)),
                _ -> {});
        this.askingOthers = new Refresh<>(remote, clockwork, ASKED, this::askOthers, this::took, this::failed);
    }

    /** Empty before it was told. */
    ReadOnlyObjectProperty<Optional<OwnCertificate>> own() {
        return own.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<Certificate>> others() {
        return others.getReadOnlyProperty();
    }

    /** Why the others are not told, if they are not. */
    ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    @Override
    public void start() {
        askingOwn.start();
        askingOthers.start();
    }

    @Override
    public void stop() {
        askingOwn.stop();
        askingOthers.stop();
    }

    @Override
    public void refresh() {
        askingOwn.now();
        askingOthers.now();
    }

    Answer<Renewed> renew() {
        return remote.call(CertificateMethods.RENEW)
                .done(renewed -> own.set(Optional.of(renewed.certificate())))
                .ended(this::refresh);
    }

    /** Forgets all that these servers have shown; gives the servers. */
    Answer<Tally<String>> forget(List<Certificate> chosen) {
        List<String> servers =
                chosen.stream().map(Certificate::server).distinct().toList();
        return OneByOne.all(servers, server -> remote.call(CertificateMethods.FORGET, new Server(server)))
                .ended(this::refresh);
    }

    private Answer<List<Certificate>> askOthers() {
        return PagedList.all(
                after -> remote.call(CertificateMethods.LIST, new Page(after, Optional.of(PAGE))),
                Remembered::certificates,
                Remembered::next,
                LISTED_MAX);
    }

    private void took(List<Certificate> listed) {
        problem.set(Optional.empty());
        others.set(listed);
    }

    private void failed(Problem why) {
        problem.set(Optional.of(why));
    }
}
