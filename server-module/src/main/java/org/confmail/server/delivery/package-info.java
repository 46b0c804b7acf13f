/**
 * The send queue: blocks and account changes that wait here for other servers, durable and in order.
 */
@NullMarked
package org.confmail.server.delivery;

import org.jspecify.annotations.NullMarked;
