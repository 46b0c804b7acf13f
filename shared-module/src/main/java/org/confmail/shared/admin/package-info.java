/**
 * The admin protocol (JSON-RPC 2.0, one JSON value a line) and its client. Each group of methods is a class: its constants are the
 * methods, its records what they take and give. {@link org.confmail.shared.admin.AdminMethods} lists them all.
 */
@NullMarked
package org.confmail.shared.admin;

import org.jspecify.annotations.NullMarked;
