package org.confmail.shared.config;

import java.util.List;

/** Options of the log file and of the metrics. */
public final class LogOptions {
    /** Files beyond that are a mistake, and each is opened when older lines are looked for. */
    private static final int KEEP_MAX = 1000;

    private static final int DAYS_MAX = 36500;

    public static final ConfigOption<Long> LOG_ROTATE_SIZE = ConfigOption.of(
                    "log_rotate_size", new OptionType.Mebibytes(), "32", """
                    How many MiB the log file (-logfile) may reach: before that it is moved aside under its name with the
                    time, and the log goes on in a new one. 0 = any size; it may still be moved away by hand or by logrotate,
                    with HUP.
                    """)
            .defaultingTo("0");

    public static final ConfigOption<Integer> LOG_ROTATE_DAYS = ConfigOption.of(
                    "log_rotate_days", new OptionType.Count(0, DAYS_MAX), "7", """
                    After how many days the log file is moved aside, at the first line of a day, however small it is. 0 =
                    never because of its age.
                    """)
            .defaultingTo("0");

    public static final ConfigOption<Integer> LOG_ROTATE_KEEP = ConfigOption.of(
                    "log_rotate_keep", new OptionType.Count(1, KEEP_MAX), "10", """
                    How many log files that were moved aside by log_rotate_size and log_rotate_days are kept; older ones are
                    deleted.
                    """)
            .defaultingTo("10");

    public static final ConfigOption<Integer> METRICS_PORT = ConfigOption.of(
                    "metrics_port", new OptionType.Port(), "9281", """
                    A TCP port on 127.0.0.1 where Prometheus, or any program of this machine, gets the server's counters as
                    text: http://127.0.0.1:9281/metrics. Without the option there is no such port.
                    """)
            .atRestart("the port is opened when the server starts");

    static final OptionGroup GROUP = new OptionGroup(
            "Log and metrics", List.of(LOG_ROTATE_SIZE, LOG_ROTATE_DAYS, LOG_ROTATE_KEEP, METRICS_PORT));

    private LogOptions() {}
}
