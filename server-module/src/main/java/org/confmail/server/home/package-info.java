/**
 * The home directory: its layout, its lock, and how one is made and checked.
 */
@NullMarked
package org.confmail.server.home;

import org.jspecify.annotations.NullMarked;
