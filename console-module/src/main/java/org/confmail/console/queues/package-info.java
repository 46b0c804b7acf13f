/** Why is it stuck, and what do I do? Targets and entries of the send queue; retry, hold, remove and put back, probe. */
@NullMarked
package org.confmail.console.queues;

import org.jspecify.annotations.NullMarked;
