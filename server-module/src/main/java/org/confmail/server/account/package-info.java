/**
 * The accounts of auth.txt: who may log in, and how accounts are added, bound and disabled.
 */
@NullMarked
package org.confmail.server.account;

import org.jspecify.annotations.NullMarked;
