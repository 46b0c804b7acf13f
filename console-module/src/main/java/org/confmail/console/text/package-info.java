/** The words of the console: all of them stand in one resource bundle, {@code messages.properties}. */
@NullMarked
package org.confmail.console.text;

import org.jspecify.annotations.NullMarked;
