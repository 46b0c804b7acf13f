/**
 * Connections: listeners, TLS identity and upgrade, bounded reading, deadlines. Knows bytes and lines, no commands.
 */
@NullMarked
package org.confmail.server.net;

import org.jspecify.annotations.NullMarked;
