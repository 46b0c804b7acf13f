/** What a view is to the window, and what the window gives to a view. */
@NullMarked
package org.confmail.console.view;

import org.jspecify.annotations.NullMarked;
