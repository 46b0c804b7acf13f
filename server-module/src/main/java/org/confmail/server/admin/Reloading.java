package org.confmail.server.admin;

import org.confmail.server.config.Reload;

/** Puts config.txt into effect, and logs what came of it. */
@FunctionalInterface
public interface Reloading {
    Reload reload();
}
