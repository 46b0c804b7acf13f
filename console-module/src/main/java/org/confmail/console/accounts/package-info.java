/** Who may log in? The accounts of auth.txt: add one, generate free keys that are shown once, disable keys. */
@NullMarked
package org.confmail.console.accounts;

import org.jspecify.annotations.NullMarked;
