/**
 * The immutable typed snapshot of config.txt. Parts get a supplier of their own settings; a reload replaces them atomically.
 */
@NullMarked
package org.confmail.server.config;

import org.jspecify.annotations.NullMarked;
