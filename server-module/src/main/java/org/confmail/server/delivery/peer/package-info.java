/**
 * Sessions that this server opens to other servers: routes, greeting, TLS, the certificates seen, login, and commands.
 */
@NullMarked
package org.confmail.server.delivery.peer;

import org.jspecify.annotations.NullMarked;
