/**
 * Who uses how much? Reports by user, prunes that are simulated, begun and cancelled here or begun by the server itself, and the
 * space that is left.
 */
@NullMarked
package org.confmail.console.storage;

import org.jspecify.annotations.NullMarked;
