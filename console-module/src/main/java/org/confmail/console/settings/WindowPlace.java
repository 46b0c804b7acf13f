package org.confmail.console.settings;

/**
 * Where the window was, in the coordinates of the screens.
 *
 * @param maximized whether it filled its screen; the rest is then its place before
 */
public record WindowPlace(double x, double y, double width, double height, boolean maximized) {}
