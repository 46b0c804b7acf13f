/**
 * The way of blocks and account changes to other servers: the send queue, durable and in order, and the sender that empties it.
 *
 * <p>{@code SendQueue} and {@code QueueFiles} know the files, {@code Backlog} with a {@code TargetQueue} for each target the
 * order, {@code Sender} begins a {@code TargetRun} for each target whose time has come, and {@code TargetSession} delivers.
 * {@code Delivery} is what an operator sees of it. Nothing is lost because a file goes only after DONE.
 */
@NullMarked
package org.confmail.server.delivery;

import org.jspecify.annotations.NullMarked;
