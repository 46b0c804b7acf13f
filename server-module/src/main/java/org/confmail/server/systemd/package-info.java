/**
 * What systemd wants to know of a service: that it is ready, reloads, stops, and is alive. Nothing happens where the server was
 * not started by systemd.
 */
@NullMarked
package org.confmail.server.systemd;

import org.jspecify.annotations.NullMarked;
