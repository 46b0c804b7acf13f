package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Filter;

/** Takes entries out of the queue; says how many it would be unless -yes is given. */
final class RemoveCommand implements Command {
    private static final long SECONDS_PER_DAY = 86400;

    @Override
    public String name() {
        return "remove";
    }

    @Override
    public List<String> uses() {
        return List.of("remove [-target TARGET] [-kind KIND] [-days DAYS] [-entry NAME] [-yes]");
    }

    @Override
    public String help() {
        return "count the entries of the queue to which all of this applies; with -yes take them out, for seven days restorable";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        boolean sure = words.flag("-yes");
        Filter filter = new Filter(
                words.option("-target"),
                words.option("-kind"),
                words.number("-days").map(days -> days * SECONDS_PER_DAY),
                words.option("-entry").map(List::of));
        words.end();
        if (filter.equals(new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))) {
            throw new WrongUse("say what to remove: -target, -kind, -days or -entry");
        }
        if (sure) {
            shell.show(
                    QueueMethods.REMOVE,
                    filter,
                    removed -> shell.line(removed.entries() + " entries, " + Texts.bytes(removed.bytes())
                            + ", taken out. To put them back: restore " + removed.batch()));
        } else {
            shell.show(
                    QueueMethods.COUNT,
                    filter,
                    count -> shell.line(count.entries() + " entries, " + Texts.bytes(count.bytes())
                            + ", would be taken out. Add -yes to do it."));
        }
        return Main.DONE;
    }
}
