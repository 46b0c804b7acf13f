/** Who is on, what are they doing? The open connections of clients, as they change; cut them, or go to what they say. */
@NullMarked
package org.confmail.console.connections;

import org.jspecify.annotations.NullMarked;
