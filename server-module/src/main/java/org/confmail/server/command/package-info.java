/**
 * {@code confmail-admin}: a running server's operators at a shell. Knows the server by the admin client of the shared module only. A
 * class for each command, listed in {@link org.confmail.server.command.Commands}.
 */
@NullMarked
package org.confmail.server.command;

import org.jspecify.annotations.NullMarked;
