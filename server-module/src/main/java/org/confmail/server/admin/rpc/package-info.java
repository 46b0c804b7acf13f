/**
 * JSON-RPC over the admin socket: connections, requests within their bounds, answers and notifications. Knows no method; those
 * are registered in {@link org.confmail.server.admin.rpc.Methods}.
 */
@NullMarked
package org.confmail.server.admin.rpc;

import org.jspecify.annotations.NullMarked;
