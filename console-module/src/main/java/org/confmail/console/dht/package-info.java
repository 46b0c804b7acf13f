/** Am I part of the network? The node of the Entangled network: whom it knows, what it refused, and how it finds a key. */
@NullMarked
package org.confmail.console.dht;

import org.jspecify.annotations.NullMarked;
