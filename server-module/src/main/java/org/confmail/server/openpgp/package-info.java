/**
 * Clear-signed texts and public keys of OpenPGP: parsed within limits, and verified. PROTOCOL section 5. Pure functions of
 * their arguments; no I/O, no key ring. Used by {@code block}.
 *
 * <p>What arrives is hostile. The frame of it (armour, packets, lengths, subpackets) is read by this package alone, which
 * counts and measures before it copies; Bouncy Castle sees single key and signature packets of a checked size and known
 * algorithm, and only those that a verdict depends on.
 */
@NullMarked
package org.confmail.server.openpgp;

import org.jspecify.annotations.NullMarked;
