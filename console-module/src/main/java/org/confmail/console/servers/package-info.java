/** Which server am I looking at, is it there? The servers that the user has added; add and forget. */
@NullMarked
package org.confmail.console.servers;

import org.jspecify.annotations.NullMarked;
