/**
 * The immutable typed snapshot of config.txt. Parts get a supplier of their own settings; a reload replaces them atomically.
 * Options and syntax are {@code org.confmail.shared.config}'s.
 */
@NullMarked
package org.confmail.server.config;

import org.jspecify.annotations.NullMarked;
