package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;

/** One of the words that follow {@code confmail-admin}. */
interface Command {
    /** The word. */
    String name();

    /** How it is written, a line for each form, without the word {@code confmail-admin}. */
    List<String> uses();

    /** What it does, in one line. */
    String help();

    /**
     * Executes the command.
     *
     * @return the exit status, done or failed
     * @throws WrongUse when the words make no sense
     * @throws AdminException when the server did not do it
     * @throws IOException when the server cannot be reached, or a file not be read
     */
    int run(Words words, Shell shell) throws WrongUse, AdminException, IOException;
}
