/**
 * The rules of blocks: keys, headers, proof of work, validation and merge. Pure functions of their arguments; no I/O. PROTOCOL
 * sections 3 and 4. Signatures are read and verified by {@code openpgp}.
 */
@NullMarked
package org.confmail.server.block;

import org.jspecify.annotations.NullMarked;
