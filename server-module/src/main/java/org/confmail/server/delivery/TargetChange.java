package org.confmail.server.delivery;

/**
 * A target is no longer as it was.
 *
 * @param entries whether the list of its entries has changed, or the state of one of them
 */
public record TargetChange(Target target, boolean entries) {}
