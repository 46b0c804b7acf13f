/** What tests of the console stand on: a real server, its clients and partner, the toolkit's thread, pictures. */
@NullMarked
package org.confmail.console.testing;

import org.jspecify.annotations.NullMarked;
