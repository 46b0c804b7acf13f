package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.LogMethods.FollowTraffic;
import org.confmail.shared.admin.LogMethods.TrafficLine;

/** What is being said right now. */
final class TrafficCommand implements Command {
    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public List<String> uses() {
        return List.of("traffic -f [-connection NUMBER] [-text TEXT] [-pattern REGEX]");
    }

    @Override
    public String help() {
        return "follow the protocol, of all connections or one (0 = to other servers); log detail traffic logs it";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        words.flag("-f"); // there is nothing else to do
        FollowTraffic follow = new FollowTraffic(
                words.number("-connection").map(Integer::longValue), words.option("-text"), words.option("-pattern"));
        words.end();
        shell.follow(LogMethods.FOLLOW_TRAFFIC, follow, LogMethods.TRAFFIC_LINES, news -> {
            lost(news.lost(), shell);
            news.lines().forEach(line -> shell.line(line(line, shell)));
        });
        return Main.DONE;
    }

    static void lost(long lines, Shell shell) {
        if (lines > 0) {
            shell.line(shell.in(Shell.Colour.WARNING, "... " + lines + " lines lost: this terminal was too slow"));
        }
    }

    private static String line(TrafficLine line, Shell shell) {
        String who = line.connection() == 0 ? "S" : "C" + line.connection();
        String way = switch (line.direction()) {
            case IN -> "< ";
            case OUT -> "> ";
            case EVENT -> "  ";
        };
        String text = Texts.millis(line.time()) + " " + who + way + Texts.clean(line.text());
        return line.direction() == LogMethods.Direction.OUT ? shell.in(Shell.Colour.GOOD, text) : text;
    }
}
