/**
 * The config.txt document and the table of its options: what each is called, what it accepts and what it does. Knows no
 * server; {@code org.confmail.server.config} turns a document into typed settings.
 */
@NullMarked
package org.confmail.shared.config;

import org.jspecify.annotations.NullMarked;
