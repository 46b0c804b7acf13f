package org.confmail.server.delivery;

import java.util.HashMap;
import java.util.Map;
import org.confmail.shared.config.HostPort;

/**
 * How many sessions this server has with each other one: few, because a server that stands in several targets would get one for
 * each, and an old one takes 20 connections in all (PROTOCOL section 16). Safe for use by many threads.
 */
final class ServerPlaces {
    /** So that one that hangs is not the end of it. */
    static final int SESSIONS_PER_SERVER_MAX = 2;

    private final Map<HostPort, Integer> taken = new HashMap<>();

    /** Takes a place; false where there is none. */
    synchronized boolean take(HostPort server) {
        int sessions = taken.getOrDefault(server, 0);
        if (sessions >= SESSIONS_PER_SERVER_MAX) {
            return false;
        }
        taken.put(server, sessions + 1);
        return true;
    }

    synchronized void giveBack(HostPort server) {
        taken.computeIfPresent(server, (_, sessions) -> sessions == 1 ? null : sessions - 1);
    }
}
