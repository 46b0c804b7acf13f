/** The window: navigation, menus, theme, and the state of the connection around the views. */
@NullMarked
package org.confmail.console.shell;

import org.jspecify.annotations.NullMarked;
