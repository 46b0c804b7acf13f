/**
 * Every durable file operation of the server, and the one place where tests inject faults: create, write, force, atomic rename,
 * force directory, delete, lock.
 */
@NullMarked
package org.confmail.server.disk;

import org.jspecify.annotations.NullMarked;
