package org.confmail.server.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;

/**
 * The layout of a home directory (PROTOCOL section 1). Paths only; whether something is there is another question.
 *
 * @param root the home itself, absolute
 * @param localStore the root of the local store; not inside the home where alt_localstore says so
 */
public record Home(Path root, Path localStore) {

    public Home {
        root = root.toAbsolutePath().normalize();
        localStore = localStore.toAbsolutePath().normalize();
    }

    /** The home at {@code root}, with its local store inside. */
    public static Home at(Path root) {
        return new Home(root, root.resolve("localstore"));
    }

    /** This home with its local store elsewhere (alt_localstore); a relative path is taken from the working directory. */
    public Home withLocalStore(Path elsewhere) {
        return new Home(root, elsewhere);
    }

    public Path config() {
        return root.resolve("config.txt");
    }

    /** Texts that config.txt had before; made by the first change through the admin socket. */
    public Path configHistory() {
        return root.resolve("config-history");
    }

    public Path accounts() {
        return root.resolve("auth.txt");
    }

    public Path notification() {
        return root.resolve("notify.txt");
    }

    /** What is remembered of other servers' certificates; made when the first is seen. */
    public Path certificates() {
        return root.resolve("certificates.txt");
    }

    public Path ssl() {
        return root.resolve("ssl");
    }

    public Path tlsKey() {
        return ssl().resolve("server.key");
    }

    public Path tlsCertificate() {
        return ssl().resolve("server.crt");
    }

    public Path dhParameters() {
        return ssl().resolve("dhparams.pem");
    }

    /** The root of what this node holds for the DHT. */
    public Path entangled() {
        return root.resolve("entangled");
    }

    /** Our server puts nothing here, but watchdogs of old installations look into it. */
    public Path inputQueue() {
        return root.resolve("inputqueue");
    }

    public Path sendQueue() {
        return root.resolve("sendqueue");
    }

    /** Where damaged files are moved; made by the first who moves one. */
    public Path damaged() {
        return root.resolve("damaged");
    }

    /** Where queue entries go that an operator deletes; made by the first such deletion. */
    public Path undo() {
        return root.resolve("undo");
    }

    /** The targets to which an operator has stopped sending; made by the first such order. */
    public Path holds() {
        return root.resolve("held.txt");
    }

    /** Where the storage utility, ours or the old one, has its lock; made by the first who needs it. */
    public Path storageUtility() {
        return root.resolve("storutil");
    }

    /** Where the server writes reports that an operator orders; made by the first. */
    public Path reports() {
        return root.resolve("reports");
    }

    /** Held by the running server; nothing else may ever open it in this process (POSIX locks). */
    public Path lockFile() {
        return root.resolve("server.lock");
    }

    public Path idFile() {
        return root.resolve("server.id");
    }

    /** What the node of the DHT remembers from one run to the next. */
    public Path dhtState() {
        return root.resolve("dht.node");
    }

    public Path adminSocket() {
        return root.resolve("admin.sock");
    }

    /**
     * Makes the directories that are missing: stores and queues. To be called under the lock.
     *
     * @throws HomeException when one cannot be made; the message names it
     */
    public void prepare(Disk disk) throws HomeException {
        // The stores may be shared with servers and utilities of other users; the queue holds replication's account
        // keys.
        make(disk, localStore, Access.BY_UMASK);
        make(disk, entangled(), Access.BY_UMASK);
        make(disk, inputQueue(), Access.BY_UMASK);
        make(disk, sendQueue(), Access.OWNER_ONLY);
    }

    private void make(Disk disk, Path directory, Access access) throws HomeException {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            disk.createDirectory(directory, access);
            Path parent = directory.getParent();
            if (parent != null) {
                disk.forceDirectory(parent);
            }
        } catch (IOException e) {
            throw new HomeException(
                    "home " + root + ": cannot make the missing directory " + directory + ": " + Reason.of(e)
                            + ". The server does not start. Make the directory, or give the server's user the right to; is"
                            + " a disk not mounted?",
                    e);
        }
    }
}
