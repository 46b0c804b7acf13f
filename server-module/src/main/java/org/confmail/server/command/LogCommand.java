package org.confmail.server.command;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.LogMethods.Detail;
import org.confmail.shared.admin.LogMethods.Follow;
import org.confmail.shared.admin.LogMethods.Level;
import org.confmail.shared.admin.LogMethods.LogLine;
import org.confmail.shared.admin.LogMethods.Page;
import org.confmail.shared.admin.LogMethods.Recent;

/** The log: what happened, and what happens now. */
final class LogCommand implements Command {
    private static final int LINES_DEFAULT = 100;

    @Override
    public String name() {
        return "log";
    }

    @Override
    public List<String> uses() {
        return List.of(
                "log [-n LINES] [-level LEVEL] [-text TEXT] [-from 'YYYY-MM-DD HH:MM']",
                "log -f [-n LINES] [-level LEVEL] [-text TEXT] [-pattern REGEX]",
                "log detail [debug | info | quiet] [traffic | notraffic]");
    }

    @Override
    public String help() {
        return "show the log, follow it (-f), or change how much is logged";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        boolean follow = words.flag("-f");
        Optional<Integer> lines = words.number("-n");
        Optional<Level> level = level(words.option("-level"));
        Optional<String> text = words.option("-text");
        Optional<String> pattern = words.option("-pattern");
        Optional<Instant> from = from(words.option("-from"));
        if (pattern.isPresent() && !follow) {
            throw new WrongUse("-pattern goes with -f only; -text finds lines that are there already");
        }
        if (from.isPresent() && follow) {
            throw new WrongUse("-from and -f do not go together: -n shows lines from before");
        }
        Optional<String> verb = words.next();
        if (verb.isPresent()) {
            return detail(verb.get(), words, shell);
        }
        if (follow) {
            shell.follow(
                    LogMethods.FOLLOW,
                    new Follow(level, text, pattern, Optional.of(lines.orElse(10))),
                    LogMethods.LOG_LINES,
                    news -> {
                        TrafficCommand.lost(news.lost(), shell);
                        news.lines().forEach(line -> shell.line(line(line, shell)));
                    });
        } else if (from.isPresent()) {
            Page page = new Page(
                    from, Optional.empty(), Optional.empty(), level, text, Optional.of(lines.orElse(LINES_DEFAULT)));
            shell.show(LogMethods.PAGE, page, found -> found.lines().forEach(line -> shell.line(line(line, shell))));
        } else {
            Recent recent = new Recent(level, text, Optional.of(lines.orElse(LINES_DEFAULT)));
            shell.show(
                    LogMethods.RECENT, recent, found -> found.lines().forEach(line -> shell.line(line(line, shell))));
        }
        return Main.DONE;
    }

    private static int detail(String verb, Words words, Shell shell) throws WrongUse, AdminException, IOException {
        if (!verb.equals("detail")) {
            throw new WrongUse("there is no 'log " + verb + "'");
        }
        Optional<Boolean> debug = Optional.empty();
        Optional<Boolean> quiet = Optional.empty();
        Optional<Boolean> traffic = Optional.empty();
        for (Optional<String> word = words.next(); word.isPresent(); word = words.next()) {
            switch (word.get()) {
                case "debug" -> {
                    debug = Optional.of(true);
                    quiet = Optional.of(false);
                }
                case "info" -> {
                    debug = Optional.of(false);
                    quiet = Optional.of(false);
                }
                case "quiet" -> {
                    debug = Optional.of(false);
                    quiet = Optional.of(true);
                }
                case "traffic" -> traffic = Optional.of(true);
                case "notraffic" -> traffic = Optional.of(false);
                default -> throw new WrongUse("'" + word.get() + "' is none of debug, info, quiet, traffic, notraffic");
            }
        }
        shell.show(
                LogMethods.DETAIL,
                new Detail(debug, quiet, traffic),
                now -> shell.line("debug " + onOff(now.debug()) + ", quiet " + onOff(now.quiet()) + ", traffic "
                        + onOff(now.traffic()) + ", until the next start"));
        return Main.DONE;
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static Optional<Level> level(Optional<String> word) throws WrongUse {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        for (Level level : Level.values()) {
            if (level.toString().equalsIgnoreCase(word.get())) {
                return Optional.of(level);
            }
        }
        throw new WrongUse("-level '" + word.get() + "' is none of debug, info, warning, error");
    }

    private static Optional<Instant> from(Optional<String> text) throws WrongUse {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.get().endsWith("Z")
                            ? Instant.parse(text.get())
                            : LocalDateTime.parse(text.get().replace(' ', 'T'))
                                    .atZone(ZoneId.systemDefault())
                                    .toInstant());
        } catch (DateTimeException e) {
            throw new WrongUse("-from '" + text.get() + "' is no time: write it as '2026-11-22 15:00'");
        }
    }

    static String line(LogLine line, Shell shell) {
        String text = Texts.millis(line.time()) + " " + line.level().name() + " " + line.part() + " " + line.thread()
                + " " + Texts.lines(line.text());
        return switch (line.level()) {
            case ERROR -> shell.in(Shell.Colour.BAD, text);
            case WARNING -> shell.in(Shell.Colour.WARNING, text);
            case DEBUG -> shell.in(Shell.Colour.FAINT, text);
            case INFO -> text;
        };
    }
}
