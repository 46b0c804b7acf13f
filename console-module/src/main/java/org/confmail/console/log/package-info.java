/** What happened at three o'clock, and what is the server saying right now? The log, live and from its file. */
@NullMarked
package org.confmail.console.log;

import org.jspecify.annotations.NullMarked;
