package org.confmail.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.admin.ConfigMethods.Current;
import org.confmail.shared.admin.ConfigMethods.Differences;
import org.confmail.shared.admin.ConfigMethods.Problem;
import org.confmail.shared.admin.ConfigMethods.Reloaded;
import org.confmail.shared.admin.ConfigMethods.Save;
import org.confmail.shared.admin.ConfigMethods.Saved;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.OptionTable;

/** config.txt of the running server. */
final class ConfigCommand implements Command {
    private static final String UTF_8 = "utf-8";
    private static final String LATIN_1 = "latin-1";

    @Override
    public String name() {
        return "config";
    }

    @Override
    public List<String> uses() {
        return List.of(
                "config show",
                "config check [FILE]",
                "config diff FILE",
                "config set NAME VALUE [-confirm SECONDS]",
                "config add NAME VALUE [-confirm SECONDS]",
                "config remove NAME [-confirm SECONDS]",
                "config save FILE [-confirm SECONDS]",
                "config confirm | revert | reload | history",
                "config restore ENTRY [-confirm SECONDS]");
    }

    @Override
    public String help() {
        return "read, check, compare and change config.txt; with -confirm the old one comes back unless confirmed in time";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Optional<Integer> confirm = words.number("-confirm");
        String verb = words.next("what to do (show, check, diff, set, ...)");
        switch (verb) {
            case "show" -> {
                words.end();
                shell.show(
                        ConfigMethods.READ,
                        current -> shell.line(Texts.lines(current.text().stripTrailing())));
            }
            case "check" -> {
                return check(words, shell);
            }
            case "diff" -> {
                FileText file = file(words);
                shell.show(ConfigMethods.DIFF, new ConfigMethods.NewText(file.text), found -> show(found, shell));
            }
            case "set", "add", "remove" -> {
                String name = words.next("the name of an option");
                String value = verb.equals("remove") ? "" : words.next("a value");
                words.end();
                edit(verb, option(name), value, confirm, shell);
            }
            case "save" -> {
                FileText file = file(words);
                save(file, shell.call(ConfigMethods.READ, Nothing.AT_ALL), confirm, shell);
            }
            case "confirm" -> {
                words.end();
                shell.show(ConfigMethods.CONFIRM, done -> shell.line("The settings stay."));
            }
            case "revert" -> {
                words.end();
                shell.show(ConfigMethods.REVERT, reloaded -> show(reloaded, shell));
            }
            case "reload" -> {
                words.end();
                Reloaded reloaded = shell.show(ConfigMethods.RELOAD, found -> show(found, shell));
                return reloaded.applied() ? Main.DONE : Main.FAILED;
            }
            case "history" -> {
                words.end();
                shell.show(ConfigMethods.HISTORY, history -> show(history, shell));
            }
            case "restore" -> {
                String entry = words.next("an entry of config history");
                words.end();
                String version = shell.call(ConfigMethods.READ, Nothing.AT_ALL).version();
                shell.show(
                        ConfigMethods.RESTORE,
                        new ConfigMethods.Restore(entry, version, confirm),
                        saved -> show(saved, shell));
            }
            default -> throw new WrongUse("there is no 'config " + verb + "'");
        }
        return Main.DONE;
    }

    private static int check(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Optional<String> file = words.next();
        words.end();
        String text = file.isPresent()
                ? read(file.get()).text
                : shell.call(ConfigMethods.READ, Nothing.AT_ALL).text();
        ConfigMethods.Validity found = shell.show(ConfigMethods.VALIDATE, new ConfigMethods.NewText(text), validity -> {
            validity.problems().forEach(problem -> show(problem, shell));
            shell.line(validity.valid() ? "The server takes it." : "The server does not take it.");
        });
        return found.valid() ? Main.DONE : Main.FAILED;
    }

    private static void edit(String verb, ConfigOption<?> option, String value, Optional<Integer> confirm, Shell shell)
            throws WrongUse, AdminException, IOException {
        Current current = shell.call(ConfigMethods.READ, Nothing.AT_ALL);
        if (!current.encoding().equals(UTF_8)) {
            throw new WrongUse("this config.txt is not valid UTF-8: correct that by hand first");
        }
        ConfigDocument before = ConfigDocument.parse(current.text());
        ConfigDocument after;
        try {
            after = switch (verb) {
                case "add" -> before.add(option.name(), value);
                case "remove" -> before.remove(option.name());
                default -> before.set(option.name(), value);
            };
        } catch (IllegalArgumentException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
        if (after.equals(before)) {
            shell.line("Nothing to change.");
            return;
        }
        save(new FileText(new String(after.bytes(), StandardCharsets.UTF_8), UTF_8), current, confirm, shell);
    }

    private static void save(FileText file, Current read, Optional<Integer> confirm, Shell shell)
            throws AdminException, IOException {
        shell.show(
                ConfigMethods.SAVE,
                new Save(file.text, read.version(), Optional.of(file.encoding), confirm),
                saved -> show(saved, shell));
    }

    private static ConfigOption<?> option(String name) throws WrongUse {
        return OptionTable.find(name)
                .orElseThrow(() -> new WrongUse("there is no option " + name
                        + OptionTable.nearest(name)
                                .map(near -> ": did you mean " + near + "?")
                                .orElse("")));
    }

    private static FileText file(Words words) throws WrongUse, IOException {
        String file = words.next("a file");
        words.end();
        return read(file);
    }

    private static FileText read(String file) throws WrongUse, IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            bytes = in.readNBytes(ConfigDocument.BYTES_MAX + 1);
        } catch (InvalidPathException e) {
            throw new WrongUse("'" + file + "' is no possible path here");
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + e, e);
        }
        if (bytes.length > ConfigDocument.BYTES_MAX) {
            throw new IOException(file + " is larger than a config.txt may be, " + ConfigDocument.BYTES_MAX + " bytes");
        }
        try {
            CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
            return new FileText(strict.decode(ByteBuffer.wrap(bytes)).toString(), UTF_8);
        } catch (CharacterCodingException e) {
            return new FileText(new String(bytes, StandardCharsets.ISO_8859_1), LATIN_1);
        }
    }

    /** A file's text, in the encoding in which it comes to the server byte for byte. */
    private record FileText(String text, String encoding) {}

    private static void show(Problem problem, Shell shell) {
        Shell.Colour colour = problem.error() ? Shell.Colour.BAD : Shell.Colour.WARNING;
        String severity = shell.in(colour, problem.error() ? "error" : "warning");
        shell.line((problem.line() == 0 ? "" : "line " + problem.line() + ": ") + severity + ": "
                + Texts.clean(problem.text()));
    }

    private static void show(Differences differences, Shell shell) {
        for (String line : differences.lines()) {
            String clean = Texts.clean(line);
            shell.line(
                    line.startsWith("+")
                            ? shell.in(Shell.Colour.GOOD, clean)
                            : line.startsWith("-") ? shell.in(Shell.Colour.WARNING, clean) : clean);
        }
        show(differences.changes(), shell);
    }

    private static void show(List<Change> changes, Shell shell) {
        Table table = new Table("OPTION", "BEFORE", "AFTER", "ACTS");
        for (Change change : changes) {
            String acts = change.atOnce()
                    ? "at once"
                    : "at restart: " + change.reason().orElse("");
            table.row(change.option(), change.before(), change.after(), acts);
        }
        shell.table(table, "No option changes its value.");
    }

    private static void show(Saved saved, Shell shell) {
        shell.line("Saved; the text before is kept as " + saved.history() + ".");
        show(saved.reloaded(), shell);
        saved.confirmBy()
                .ifPresent(until -> shell.line(shell.in(
                        Shell.Colour.WARNING,
                        "It comes back at " + Texts.time(until) + " unless you call: config confirm")));
    }

    private static void show(Reloaded reloaded, Shell shell) {
        reloaded.problems().forEach(problem -> show(problem, shell));
        if (!reloaded.applied()) {
            shell.line(shell.in(Shell.Colour.BAD, "The text has errors: the old settings stay in effect."));
            return;
        }
        shell.line("In effect now: "
                + (reloaded.atOnce().isEmpty() ? "nothing new" : String.join(", ", reloaded.atOnce())) + ".");
        if (!reloaded.atRestart().isEmpty()) {
            shell.line("At the next start:");
            show(reloaded.atRestart(), shell);
        }
    }

    private static void show(ConfigMethods.History history, Shell shell) {
        Table table = new Table("ENTRY", "REPLACED", "SIZE");
        history.entries()
                .forEach(entry -> table.row(entry.name(), Texts.time(entry.replaced()), Texts.bytes(entry.bytes())));
        shell.table(table, "config.txt was not changed through the admin socket yet.");
    }
}
