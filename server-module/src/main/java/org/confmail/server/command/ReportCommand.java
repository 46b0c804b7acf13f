package org.confmail.server.command;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Format;
import org.confmail.shared.admin.StorageMethods.Outcome;
import org.confmail.shared.admin.StorageMethods.Text;
import org.confmail.shared.admin.StorageMethods.Usage;
import org.confmail.shared.admin.StorageMethods.UsageRow;

/** Who uses how much? */
final class ReportCommand implements Command {
    private static final int ROWS_DEFAULT = 20;

    @Override
    public String name() {
        return "report";
    }

    @Override
    public List<String> uses() {
        return List.of(
                "report [-n USERS] [-blocksize BYTES] [-pause MILLIS]",
                "report -format html|csv|tab [-out FILE | -keep NAME] ...");
    }

    @Override
    public String help() {
        return "show who uses most of the local store, or write it all to a file here or to reports/NAME at the server";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Optional<String> format = words.option("-format");
        Optional<String> out = words.option("-out");
        Optional<String> kept = words.option("-keep");
        Optional<Integer> rows = words.number("-n");
        StorageMethods.Report report =
                new StorageMethods.Report(words.number("-blocksize").map(Integer::longValue), words.number("-pause"));
        words.end();
        if (format.isEmpty() && (out.isPresent() || kept.isPresent())) {
            throw new WrongUse("say which -format: html, csv or tab");
        }
        if (out.isPresent() && kept.isPresent()) {
            throw new WrongUse("-out writes a file here, -keep one at the server: only one of them");
        }
        Optional<Format> wanted = format.isEmpty() ? Optional.empty() : Optional.of(format(format.get()));
        Optional<Path> file = out.isEmpty() ? Optional.empty() : Optional.of(path(out.get()));
        boolean toScreen = wanted.isPresent() && file.isEmpty() && kept.isEmpty();
        StorageRun run = new StorageRun(shell.call(StorageMethods.REPORT, report), shell);
        Ended ended = toScreen ? run.awaitSilently() : run.await();
        if (ended.outcome() != Outcome.DONE) {
            throw new IOException(ended.text());
        }
        if (wanted.isEmpty()) {
            table(rows, shell);
        } else if (kept.isPresent()) {
            shell.show(
                    StorageMethods.WRITE,
                    new StorageMethods.Write(wanted.get(), kept.get()),
                    written -> shell.line("Written: " + written.file()));
        } else if (file.isPresent()) {
            try (Writer writer = Files.newBufferedWriter(file.get())) {
                text(wanted.get(), shell, writer::write);
            }
            shell.remark("Written: " + file.get());
        } else {
            text(wanted.get(), shell, shell::text);
        }
        return Main.DONE;
    }

    private static void table(Optional<Integer> rows, Shell shell) throws IOException, AdminException {
        shell.show(
                StorageMethods.USAGE,
                new StorageMethods.WhichRows(Optional.empty(), Optional.of(rows.orElse(ROWS_DEFAULT))),
                usage -> show(usage, shell));
    }

    private static void show(Usage usage, Shell shell) {
        Table table = new Table("USER", "KEY", "SHARE", "MESSAGES", "MAILBOXES", "DATA", "DATA BLOCKS");
        usage.rows().forEach(row -> row(table, Texts.or(row.address()), row));
        usage.unmatched().ifPresent(row -> row(table, "announced to nobody", row));
        row(table, "all " + usage.users() + " users", usage.total());
        shell.table(table, "");
        usage.next()
                .ifPresent(next -> shell.line(
                        (usage.users() - usage.rows().size()) + " more: -n shows more of them, -format csv all."));
    }

    private static void row(Table table, String name, UsageRow row) {
        table.row(
                name,
                Texts.or(row.key()),
                Texts.bytes(row.apportionedBytes()),
                row.messages(),
                Texts.bytes(row.mailboxBytes()),
                Texts.bytes(row.dataShare()),
                row.dataBlocks());
    }

    private static void text(Format format, Shell shell, Sink sink) throws IOException, AdminException {
        Optional<String> after = Optional.empty();
        do {
            Text piece = shell.call(StorageMethods.TEXT, new StorageMethods.WhichText(format, after));
            sink.take(piece.text());
            after = piece.next();
        } while (after.isPresent());
    }

    private static Format format(String name) throws WrongUse {
        for (Format format : Format.values()) {
            if (format.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw new WrongUse("-format '" + name + "' is none of html, csv, tab");
    }

    private static Path path(String text) throws WrongUse {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new WrongUse("-out '" + text + "' is no possible path here");
        }
    }

    @FunctionalInterface
    private interface Sink {
        void take(String text) throws IOException;
    }
}
