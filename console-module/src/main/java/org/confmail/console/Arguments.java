package org.confmail.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param socket the admin socket of the server to show
 * @param home the home directory of the server to show
 * @param wrong what is wrong with the command line, and what would be right
 */
record Arguments(Optional<Path> socket, Optional<Path> home, boolean help, boolean version, Optional<String> wrong) {
    static final String USAGE = """
            Usage: confmail-console [-socket PATH | -homedir DIR]

              -socket PATH    shows the server behind this admin socket, such as one that ssh forwards
              -homedir DIR    shows the server of this home directory
              -version        prints the version
              -help           prints this
            """;

    static Arguments parse(List<String> words) {
        Optional<Path> socket = Optional.empty();
        Optional<Path> home = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String option = words.get(i).replaceFirst("^--", "-");
            switch (option) {
                case "-help", "-h" -> {
                    return new Arguments(socket, home, true, false, Optional.empty());
                }
                case "-version" -> {
                    return new Arguments(socket, home, false, true, Optional.empty());
                }
                case "-socket", "-homedir" -> {
                    if (++i == words.size() || words.get(i).isBlank()) {
                        return wrong(option + " needs a path");
                    }
                    Optional<Path> path = path(words.get(i));
                    if (path.isEmpty()) {
                        return wrong("not a path: " + words.get(i));
                    }
                    if (option.equals("-socket")) {
                        socket = path;
                    } else {
                        home = path;
                    }
                }
                default -> {
                    return wrong("unknown option " + words.get(i) + "; -help shows all");
                }
            }
        }
        if (socket.isPresent() && home.isPresent()) {
            return wrong("-socket and -homedir do not go together; give one of them");
        }
        return new Arguments(socket, home, false, false, Optional.empty());
    }

    private static Optional<Path> path(String word) {
        try {
            return Optional.of(Path.of(word).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Arguments wrong(String what) {
        return new Arguments(Optional.empty(), Optional.empty(), false, false, Optional.of(what));
    }
}
