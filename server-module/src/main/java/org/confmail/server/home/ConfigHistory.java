package org.confmail.server.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigFile;

/**
 * The texts that config.txt had before, and the note that the present one waits to be confirmed. Both are durable: a server
 * that is killed, or cannot start with its new settings, finds the old ones when it is started again. Not for use by two
 * threads at once.
 */
public final class ConfigHistory {
    /** How many texts are kept. */
    public static final int ENTRIES_MAX = 10;

    private static final String SUFFIX = ".txt";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path directory;
    private final Path config;
    private final Disk disk;
    private final InstantSource clock;

    public ConfigHistory(Home home, Disk disk, InstantSource clock) {
        this.directory = home.configHistory();
        this.config = home.config();
        this.disk = disk;
        this.clock = clock;
    }

    /** Keeps a text that is about to be replaced; durable when this returns. Returns the entry's name. */
    public String keep(ConfigDocument document) throws IOException {
        makeDirectory();
        Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        while (Files.exists(file(NAME.format(time)))) {
            time = time.plusMillis(1);
        }
        String name = NAME.format(time);
        Path temporary = directory.resolve(name + ".tmp");
        disk.replace(file(name), temporary, document.bytes(), Access.OWNER_ONLY);
        List<Entry> entries = entries();
        for (Entry old : entries.subList(Math.min(ENTRIES_MAX, entries.size()), entries.size())) {
            disk.delete(file(old.name()));
        }
        return name;
    }

    /** The texts, the newest first. */
    public List<Entry> entries() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(ConfigHistory::entry)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(Entry::replaced).reversed())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The text of that name; empty when there is none. */
    public Optional<ConfigDocument> read(String name) throws IOException {
        if (time(name).isEmpty() || !Files.isRegularFile(file(name))) {
            return Optional.empty();
        }
        return Optional.of(ConfigFile.load(file(name)).document());
    }

    /** Notes that {@code document}, about to be saved, gives way to the entry {@code old} unless it is confirmed. */
    public void await(ConfigDocument document, String old) throws IOException {
        disk.replace(
                note(),
                directory.resolve("unconfirmed.tmp"),
                (old + " " + digest(document) + "\n").getBytes(StandardCharsets.US_ASCII),
                Access.OWNER_ONLY);
    }

    /** Drops the note: the settings were confirmed, or taken back. */
    public void settled() throws IOException {
        if (disk.delete(note())) {
            disk.forceDirectory(directory);
        }
    }

    /**
     * For a server that starts, before it reads config.txt: puts the old text back if the present one was not confirmed.
     *
     * @return what was done, for the log
     * @throws IOException when that fails; then the note stays
     */
    public Optional<String> recover() throws IOException {
        if (Files.notExists(note())) {
            return Optional.empty();
        }
        String[] words =
                Files.readString(note(), StandardCharsets.ISO_8859_1).strip().split(" ", 2);
        Optional<ConfigDocument> old = read(words[0]);
        ConfigFile present = ConfigFile.load(config);
        if (old.isEmpty() || words.length < 2) {
            settled();
            return Optional.of(config + " was saved to be confirmed, was not, and the text before it is gone from "
                    + directory + ": the present one stays. Look it over.");
        }
        if (old.get().equals(present.document())) {
            settled();
            return Optional.empty(); // it was killed before it saved, or while it took the text back
        }
        if (!digest(present.document()).equals(words[1])) {
            settled();
            return Optional.of(config + " was saved to be confirmed and was not, but somebody has edited it since: it"
                    + " stays. The text before is " + file(words[0]) + ".");
        }
        String rejected = keep(present.document());
        present.save(old.get());
        settled();
        return Optional.of("the settings last saved in " + config + " were not confirmed before the server ended: the"
                + " text before them is back. They are kept as " + file(rejected) + ".");
    }

    private Path note() {
        return directory.resolve("unconfirmed");
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    private void makeDirectory() throws IOException {
        if (disk.createDirectory(directory, Access.OWNER_ONLY)) {
            Path parent = directory.getParent();
            if (parent != null) {
                disk.forceDirectory(parent);
            }
        }
    }

    private static Optional<Entry> entry(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        String bare = name.substring(0, name.length() - SUFFIX.length());
        return time(bare).map(time -> new Entry(bare, time, file.toFile().length()));
    }

    private static Optional<Instant> time(String name) {
        try {
            return Optional.of(NAME.parse(name, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** SHA-256 in hexadecimal digits: stands for exactly this text. */
    public static String digest(ConfigDocument document) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** A text that config.txt had until {@code replaced}. */
    public record Entry(String name, Instant replaced, long bytes) {}
}
