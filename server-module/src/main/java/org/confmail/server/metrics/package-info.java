/**
 * Counters and gauges of the running server. Counting costs no lock; reading takes a snapshot.
 */
@NullMarked
package org.confmail.server.metrics;

import org.jspecify.annotations.NullMarked;
