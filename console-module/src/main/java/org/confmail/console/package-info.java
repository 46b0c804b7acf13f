/** Start and wiring of the console: the only place that builds its parts. */
@NullMarked
package org.confmail.console;

import org.jspecify.annotations.NullMarked;
