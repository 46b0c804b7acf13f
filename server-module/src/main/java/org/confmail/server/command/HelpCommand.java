package org.confmail.server.command;

import java.io.PrintStream;
import java.util.List;

/** What can be done. Needs no server. */
final class HelpCommand implements Command {
    @Override
    public String name() {
        return "help";
    }

    @Override
    public List<String> uses() {
        return List.of("help [COMMAND]");
    }

    @Override
    public String help() {
        return "show all commands, or one";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse {
        throw new WrongUse("help goes to a terminal"); // the entry point does it without a shell
    }

    int run(Words words, PrintStream out) throws WrongUse {
        String wanted = words.next().orElse("");
        words.end();
        if (!wanted.isEmpty()) {
            Command command =
                    Commands.find(wanted).orElseThrow(() -> new WrongUse("there is no command '" + wanted + "'"));
            command.uses().forEach(use -> out.println("  confmail-admin -homedir DIR " + use));
            out.println();
            out.println(command.help());
            return Main.DONE;
        }
        out.print(text());
        return Main.DONE;
    }

    static String text() {
        StringBuilder text = new StringBuilder("""
                Shows and steers a running Confidant Mail server.

                  confmail-admin -homedir DIR COMMAND ...     the server of a home
                  confmail-admin -socket PATH COMMAND ...     by its admin socket, such as one that ssh forwards

                """);
        for (Command command : Commands.all()) {
            for (String use : command.uses()) {
                text.append("  ").append(use).append('\n');
            }
            text.append("        ").append(command.help()).append('\n');
        }
        return text.append("""

                -json shows results as JSON. Exit status: 0 done, 1 failed or not well, 2 wrong use, 3 no server there.
                """).toString();
    }
}
