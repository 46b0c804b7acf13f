/**
 * A client's connection: greeting, STARTTLS, and commands executed one by one, with the pipeline of a STORE. Everything of one
 * connection runs in that connection's virtual thread. Used from {@code main} only.
 */
@NullMarked
package org.confmail.server.session;

import org.jspecify.annotations.NullMarked;
