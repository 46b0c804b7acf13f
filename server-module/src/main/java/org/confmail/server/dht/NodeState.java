package org.confmail.server.dht;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node remembers from one run to the next: its id, and some contacts. A text file: a line {@code id HEX40}, then lines
 * {@code contact HEX40 address port}.
 */
public record NodeState(Key id, List<Contact> contacts) {
    /** Enough to find the others again when all knodes are gone; asked all at once at the start. */
    static final int CONTACTS_MAX = 64;

    private static final int FILE_BYTES_MAX = 64 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger("dht");

    public NodeState {
        contacts = List.copyOf(contacts.subList(0, Math.min(CONTACTS_MAX, contacts.size())));
    }

    /** Reads the file; empty where there is none, or it says no id. */
    public static Optional<NodeState> load(Path file) throws IOException {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        List<Contact> contacts = new ArrayList<>();
        Optional<Key> id = Optional.empty();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length == 2 && words[0].equals("id")) {
                id = Key.parse(words[1]);
            } else if (words.length == 4 && words[0].equals("contact")) {
                contact(words).ifPresent(contacts::add);
            }
        }
        if (id.isEmpty()) {
            LOG.warn("{} says no id of this node: it gets a new one, and others learn of it in time.", file);
        }
        return id.map(known -> new NodeState(known, contacts));
    }

    private static Optional<Contact> contact(String[] words) {
        try {
            InetAddress address = InetAddress.ofLiteral(words[2]);
            int port = Integer.parseInt(words[3]);
            return Key.parse(words[1]).map(id -> new Contact(id, new InetSocketAddress(address, port)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // somebody edited it
        }
    }

    /** Writes the file, durably. */
    public void save(Disk disk, Path file) throws IOException {
        StringBuilder text = new StringBuilder("id " + id + '\n');
        for (Contact contact : contacts) {
            text.append("contact ")
                    .append(contact.id())
                    .append(' ')
                    .append(contact.address().getAddress().getHostAddress())
                    .append(' ')
                    .append(contact.address().getPort())
                    .append('\n');
        }
        disk.replace(
                file,
                file.resolveSibling(file.getFileName() + ".tmp"),
                text.toString().getBytes(StandardCharsets.US_ASCII),
                Access.OWNER_ONLY);
    }
}
