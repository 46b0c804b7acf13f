/**
 * The server as the console sees it: calls, events, and whether it is there. Views and their models use {@link
 * org.confmail.console.remote.Remote} alone; everything that they are told comes in the thread of the window.
 */
@NullMarked
package org.confmail.console.remote;

import org.jspecify.annotations.NullMarked;
