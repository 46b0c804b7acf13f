package org.confmail.server.main;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.confmail.server.config.LiveSettings;
import org.confmail.server.disk.Disk;
import org.confmail.server.home.Home;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.time.Scheduler;

/**
 * What all parts of a server stand on.
 *
 * @param teardown owns what has to be closed
 */
record Foundation(
        Home home,
        LiveSettings settings,
        Disk disk,
        InstantSource clock,
        SecureRandom random,
        Scheduler scheduler,
        Metrics metrics,
        Teardown teardown) {}
