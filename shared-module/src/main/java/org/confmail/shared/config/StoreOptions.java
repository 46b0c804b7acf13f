package org.confmail.shared.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Options of the block store. */
public final class StoreOptions {
    public static final ConfigOption<Path> ALT_LOCALSTORE = ConfigOption.of(
                    "alt_localstore", new OptionType.FilePath(), "/srv/confmail/store", """
                    Keep the blocks in this directory instead of localstore in the home directory. Several servers may
                    share one. A relative path starts at the directory in which the server is started, so an absolute one
                    is the better choice.
                    """)
            .atRestart("the store is opened when the server starts, and blocks do not move by themselves");

    public static final ConfigOption<Duration> MAX_AGE_KEY = age("max_age_key", "2678400", "a key announcement");
    public static final ConfigOption<Duration> MAX_AGE_DATA = age("max_age_data", "864000", "a data block");
    public static final ConfigOption<Duration> MAX_AGE_MESSAGE =
            age("max_age_message", "864000", "the announcement of a message");
    public static final ConfigOption<Duration> MAX_AGE_ACK = age("max_age_ack", "864000", "an acknowledgment");
    public static final ConfigOption<Duration> MAX_AGE_CLAIM =
            age("max_age_claim", "864000", "the claim of an address");

    public static final ConfigOption<Duration> PRUNE_INTERVAL = ConfigOption.of(
                    "prune_interval", new OptionType.Hours(0), "24", """
                    After how many hours the server prunes its store again: deletes the blocks, announcements and claims that
                    are too old. It does so in the background, with a pause at each file, and goes by the time of the last
                    prune also after a start. 0 = it never does, and -storutil is to be run instead, by cron say.
                    """)
            .defaultingTo("0");

    public static final ConfigOption<Long> DISK_RESERVE = ConfigOption.of(
                    "disk_reserve", new OptionType.Mebibytes(), "512", """
                    How many MiB are to stay free on the disks of the home directory and of the store: once there are fewer,
                    new blocks are refused until there is room again, instead of filling the disk. A client that is refused
                    tries again later. 0 = blocks are taken as long as they fit.
                    """)
            .defaultingTo("0");

    static final OptionGroup GROUP = new OptionGroup(
            "Store",
            List.of(
                    ALT_LOCALSTORE,
                    MAX_AGE_KEY,
                    MAX_AGE_DATA,
                    MAX_AGE_MESSAGE,
                    MAX_AGE_ACK,
                    MAX_AGE_CLAIM,
                    PRUNE_INTERVAL,
                    DISK_RESERVE));

    private StoreOptions() {}

    private static ConfigOption<Duration> age(String name, String seconds, String what) {
        return ConfigOption.of(
                        name,
                        new OptionType.Seconds(0),
                        seconds,
                        "How old, in seconds, " + what
                                + " may be on this server: an older one is refused when it is posted"
                                + " and deleted when the store is pruned. A day has 86400 seconds. The Entangled network"
                                + " keeps to the default whatever stands here.")
                .defaultingTo(seconds);
    }
}
