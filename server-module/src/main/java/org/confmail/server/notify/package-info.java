/**
 * E-mail to those who have new mail here (PROTOCOL section 13). Whoever stores an announcement tells
 * {@link org.confmail.server.notify.Notifications} and goes on; nothing that happens here reaches back.
 */
@NullMarked
package org.confmail.server.notify;

import org.jspecify.annotations.NullMarked;
