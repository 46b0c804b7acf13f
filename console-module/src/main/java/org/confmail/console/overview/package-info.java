/** Is all well? The state at a glance, what needs attention first, and where to go for it. */
@NullMarked
package org.confmail.console.overview;

import org.jspecify.annotations.NullMarked;
