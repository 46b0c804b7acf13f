package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Outcome;
import org.confmail.shared.admin.StorageMethods.PruneCounts;
import org.confmail.shared.admin.StorageMethods.Stores;

/** Away with what is too old. */
final class PruneCommand implements Command {
    @Override
    public String name() {
        return "prune";
    }

    @Override
    public List<String> uses() {
        return List.of("prune [-store local|entangled|both] [-simulate] [-pause MILLIS]");
    }

    @Override
    public String help() {
        return "delete what is too old, of the local store unless -store says otherwise, and show what went";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Stores stores = stores(words.option("-store").orElse("local"));
        boolean simulate = words.flag("-simulate");
        Optional<Integer> pause = words.number("-pause");
        words.end();
        Ended ended = new StorageRun(
                        shell.call(
                                StorageMethods.PRUNE, new StorageMethods.Prune(stores, Optional.of(simulate), pause)),
                        shell)
                .await();
        shell.showResult(ended, each -> StorageRun.show(each, shell));
        boolean well = ended.outcome() == Outcome.DONE
                && ended.counts().stream().mapToLong(PruneCounts::failed).sum() == 0;
        return well ? Main.DONE : Main.FAILED;
    }

    private static Stores stores(String name) throws WrongUse {
        for (Stores stores : Stores.values()) {
            if (stores.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return stores;
            }
        }
        throw new WrongUse("-store '" + name + "' is none of local, entangled, both");
    }
}
