/** What the console remembers of its user from one start to the next. */
@NullMarked
package org.confmail.console.settings;

import org.jspecify.annotations.NullMarked;
