/**
 * Lines that come again and again, such as those of a log: kept compactly and within bounds, filtered and searched in the
 * background, shown in a list that stays fluid however many there are. The views of log and traffic share it.
 */
@NullMarked
package org.confmail.console.lines;

import org.jspecify.annotations.NullMarked;
