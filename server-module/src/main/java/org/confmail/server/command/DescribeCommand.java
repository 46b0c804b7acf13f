package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.FieldDescription;
import org.confmail.shared.admin.MethodDescription;
import org.confmail.shared.admin.SessionMethods;
import org.confmail.shared.admin.SessionMethods.Description;

/** What the server says of its methods. */
final class DescribeCommand implements Command {
    @Override
    public String name() {
        return "describe";
    }

    @Override
    public List<String> uses() {
        return List.of("describe [METHOD]");
    }

    @Override
    public String help() {
        return "show the methods of the admin protocol, or one with what it takes and gives";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        SessionMethods.Which which = new SessionMethods.Which(words.next());
        words.end();
        shell.show(
                SessionMethods.DESCRIBE,
                which,
                found -> show(found, which.method().isPresent(), shell));
        return Main.DONE;
    }

    private static void show(Description found, boolean whole, Shell shell) {
        if (!whole) {
            Table table = new Table("METHOD", "WHAT IT DOES");
            found.methods().forEach(method -> table.row(method.name(), method.help()));
            shell.table(table, "");
            return;
        }
        for (MethodDescription method : found.methods()) {
            shell.line(shell.in(Shell.Colour.HEAD, method.name()) + ": " + method.help());
            fields("takes", method.params(), "  ", shell);
            fields("gives", method.result(), "  ", shell);
            shell.line("  example: call " + method.name() + " '" + method.example() + "'");
        }
    }

    private static void fields(String what, List<FieldDescription> fields, String indent, Shell shell) {
        shell.line(indent + what + (fields.isEmpty() ? " nothing" : ""));
        for (FieldDescription field : fields) {
            shell.line(indent + "  " + field.name() + " (" + field.type() + (field.optional() ? ", may be absent" : "")
                    + "): " + field.help());
            if (!field.fields().isEmpty()) {
                fields("of which each has", field.fields(), indent + "    ", shell);
            }
        }
    }
}
