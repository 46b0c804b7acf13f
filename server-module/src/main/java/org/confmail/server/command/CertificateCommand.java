package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.CertificateMethods;
import org.confmail.shared.admin.CertificateMethods.Certificate;
import org.confmail.shared.admin.CertificateMethods.OwnCertificate;
import org.confmail.shared.admin.CertificateMethods.Remembered;
import org.confmail.shared.admin.CertificateMethods.Renewed;
import org.confmail.shared.admin.ConnectionMethods;

/** Certificates: our own, and those of other servers. */
final class CertificateCommand implements Command {
    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public List<String> uses() {
        return List.of(
                "certificate",
                "certificate renew",
                "certificate remembered [-after PAGE] [-n LINES]",
                "certificate forget SERVER");
    }

    @Override
    public String help() {
        return "show the own certificate, make a new one, show or forget those of other servers";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        ConnectionMethods.Page page = new ConnectionMethods.Page(words.option("-after"), words.number("-n"));
        String verb = words.next().orElse("own");
        switch (verb) {
            case "own" -> {
                words.end();
                shell.show(CertificateMethods.OWN, found -> show(found, shell));
            }
            case "renew" -> {
                words.end();
                shell.show(CertificateMethods.RENEW, found -> show(found, shell));
            }
            case "remembered" -> {
                words.end();
                shell.show(CertificateMethods.LIST, page, found -> show(found, shell));
            }
            case "forget" -> {
                String server = words.next("a server, host:port");
                words.end();
                shell.show(
                        CertificateMethods.FORGET,
                        new CertificateMethods.Server(server),
                        forgotten -> shell.line(forgotten.count() + " certificates of " + server + " forgotten."));
            }
            default -> throw new WrongUse("there is no 'certificate " + verb + "'");
        }
        return Main.DONE;
    }

    private static void show(OwnCertificate own, Shell shell) {
        shell.table(
                new Table("DIGEST", own.digest())
                        .row("subject", own.subject())
                        .row("key", own.key() + ", " + own.signature())
                        .row("valid", Texts.time(own.validFrom()) + " to " + Texts.time(own.validUntil())),
                "");
    }

    private static void show(Renewed renewed, Shell shell) {
        show(renewed.certificate(), shell);
        shell.line("Connections are shown it from now on. A partner that pins the old one writes into its config.txt:");
        shell.line("repl_cert: " + renewed.certificate().digest());
        shell.line("Kept: " + String.join(", ", renewed.kept()));
    }

    private static void show(Remembered found, Shell shell) {
        Table table = new Table("SERVER", "DIGEST", "FIRST SEEN", "LAST SEEN", "VALID UNTIL", "PINNED");
        for (Certificate each : found.certificates()) {
            table.row(
                    each.server(),
                    each.digest(),
                    Texts.time(each.firstSeen()),
                    Texts.time(each.lastSeen()),
                    Texts.time(each.validUntil()),
                    each.pinned() ? "yes" : "no");
        }
        shell.table(table, "No certificate of another server is remembered.");
        found.next().ifPresent(next -> shell.line("More: -after '" + next + "' (" + found.total() + " in all)"));
    }
}
