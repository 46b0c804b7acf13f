/**
 * A client's connection: greeting, STARTTLS, and commands executed one by one, with the pipeline of a STORE. Everything of one
 * connection runs in one thread at a time, mostly a virtual one. Used from {@code main} only.
 */
@NullMarked
package org.confmail.server.session;

import org.jspecify.annotations.NullMarked;
