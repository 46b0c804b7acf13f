/**
 * Leaf files of a block store: leaf locks, read-merge-write, temporary files. What is returned from here as stored survives
 * kill -9 and power loss.
 */
@NullMarked
package org.confmail.server.store;

import org.jspecify.annotations.NullMarked;
