/**
 * Parts that views are made of: tables that remember how they were left, outcomes beside the buttons that they belong to,
 * questions before something is destroyed.
 */
@NullMarked
package org.confmail.console.control;

import org.jspecify.annotations.NullMarked;
