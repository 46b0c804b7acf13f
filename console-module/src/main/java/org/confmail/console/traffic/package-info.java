/** What do clients and servers say to each other? The lines of the protocol as they are spoken. */
@NullMarked
package org.confmail.console.traffic;

import org.jspecify.annotations.NullMarked;
