/**
 * What nodes of the DHT say to each other (PROTOCOL section 10): messages, their bencoding, fragments of long ones, and budgets
 * of what one address may ask. Needs no sockets; knows no routing table.
 */
@NullMarked
package org.confmail.server.dht.wire;

import org.jspecify.annotations.NullMarked;
