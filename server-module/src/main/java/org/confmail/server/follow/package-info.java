/** Who wants to know what has changed. Costs next to nothing where nobody does. */
@NullMarked
package org.confmail.server.follow;

import org.jspecify.annotations.NullMarked;
