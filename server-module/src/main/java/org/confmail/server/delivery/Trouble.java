package org.confmail.server.delivery;

import java.time.Instant;
import org.confmail.server.delivery.peer.PeerFailure;

/**
 * The last failure to deliver to a target.
 *
 * @param words for an operator
 */
public record Trouble(Instant at, PeerFailure.Kind kind, String words) {}
