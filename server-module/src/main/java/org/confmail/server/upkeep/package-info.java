/**
 * Keeps the stores in order: deletes what is too old, tells who uses how much (PROTOCOL section 14), and watches over the space
 * that is left. Used by the storage utility and by a running server alike.
 */
@NullMarked
package org.confmail.server.upkeep;

import org.jspecify.annotations.NullMarked;
