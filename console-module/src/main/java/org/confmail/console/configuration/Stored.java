package org.confmail.console.configuration;

import java.util.Optional;
import org.confmail.shared.admin.ConfigMethods.Reloaded;

/**
 * What came of saving.
 *
 * @param loaded the file as it is now
 * @param reloaded what the server made of it; empty where none was there to act on it
 */
record Stored(Loaded loaded, Optional<Reloaded> reloaded) {}
