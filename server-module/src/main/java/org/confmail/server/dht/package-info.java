/**
 * The Entangled DHT (PROTOCOL section 10): node, routing table, lookups, held blocks.
 */
@NullMarked
package org.confmail.server.dht;

import org.jspecify.annotations.NullMarked;
