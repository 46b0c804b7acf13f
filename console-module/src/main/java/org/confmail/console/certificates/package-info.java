/**
 * Whom do I trust, when does mine expire? The server's own certificate, to be given to a partner and to be renewed, and those
 * that other servers have shown.
 */
@NullMarked
package org.confmail.console.certificates;

import org.jspecify.annotations.NullMarked;
