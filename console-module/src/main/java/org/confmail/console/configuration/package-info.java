/**
 * What can I set, what does it do, is it right? config.txt as a form of all options and as text, both on one draft; what saving
 * changes and when it acts; automatic return; history.
 */
@NullMarked
package org.confmail.console.configuration;

import org.jspecify.annotations.NullMarked;
