/**
 * The server's log: its lines, its file, protocol traffic, and the redaction of secrets and peers' text.
 */
@NullMarked
package org.confmail.server.log;

import org.jspecify.annotations.NullMarked;
