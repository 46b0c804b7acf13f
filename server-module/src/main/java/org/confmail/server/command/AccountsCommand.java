package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AccountMethods;
import org.confmail.shared.admin.AccountMethods.Accounts;
import org.confmail.shared.admin.AccountMethods.Which;
import org.confmail.shared.admin.AdminException;

/** Who may log in. */
final class AccountsCommand implements Command {
    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public List<String> uses() {
        return List.of(
                "accounts [-user USER] [-keys] [-after PAGE] [-n LINES]",
                "accounts add USER [KEY]",
                "accounts generate COUNT",
                "accounts disable KEY");
    }

    @Override
    public String help() {
        return "show the accounts (whole keys with -keys), add one, make free keys, disable one";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        boolean keys = words.flag("-keys");
        Which which = new Which(words.option("-user"), Optional.of(keys), words.option("-after"), words.number("-n"));
        String verb = words.next().orElse("list");
        switch (verb) {
            case "list" -> {
                words.end();
                shell.show(AccountMethods.LIST, which, found -> show(found, shell));
            }
            case "add" -> {
                AccountMethods.New wanted = new AccountMethods.New(words.next("a user"), words.next());
                words.end();
                shell.show(
                        AccountMethods.ADD,
                        wanted,
                        added -> shell.line("Added " + added.user() + " with the key " + added.key()));
            }
            case "generate" -> {
                int count = Words.number("count", words.next("how many keys"));
                words.end();
                shell.show(
                        AccountMethods.GENERATE,
                        new AccountMethods.HowMany(count),
                        made -> made.keys().forEach(shell::line));
            }
            case "disable" -> {
                String key = words.next("a key, or its beginning");
                words.end();
                shell.show(
                        AccountMethods.DISABLE,
                        new AccountMethods.Key(key),
                        disabled -> shell.line("Disabled " + disabled.key()));
            }
            default -> throw new WrongUse("there is no 'accounts " + verb + "'");
        }
        return Main.DONE;
    }

    private static void show(Accounts found, Shell shell) {
        Table table = new Table("USER", "KEY");
        found.accounts().forEach(account -> table.row(account.user(), account.key()));
        shell.table(table, "There are no such accounts.");
        found.next().ifPresent(next -> shell.line("More: -after '" + next + "' (" + found.total() + " in all)"));
    }
}
