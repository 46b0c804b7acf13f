/**
 * Clock, ticker and scheduler, passed in everywhere so that tests and simulations drive them.
 */
@NullMarked
package org.confmail.server.time;

import org.jspecify.annotations.NullMarked;
