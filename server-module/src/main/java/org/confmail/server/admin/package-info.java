/**
 * The admin socket's methods, a class for each group of them. What they are called, take and give stands in the shared module.
 */
@NullMarked
package org.confmail.server.admin;

import org.jspecify.annotations.NullMarked;
