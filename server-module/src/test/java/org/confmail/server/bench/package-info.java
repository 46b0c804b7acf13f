/**
 * Programs that measure the server; no tests. {@link org.confmail.server.bench.ServerBench} measures a whole server process
 * beside bare references, {@link org.confmail.server.bench.MergeBench} one merge.
 */
@NullMarked
package org.confmail.server.bench;

import org.jspecify.annotations.NullMarked;
