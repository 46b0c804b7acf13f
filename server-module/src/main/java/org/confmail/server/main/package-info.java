/**
 * Wiring, start-up, shutdown, daemon and command line: the only package that builds the server's objects. Uses everything;
 * nothing uses it.
 */
@NullMarked
package org.confmail.server.main;

import org.jspecify.annotations.NullMarked;
