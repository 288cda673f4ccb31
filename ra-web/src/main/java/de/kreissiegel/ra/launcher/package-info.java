/**
 * The commands behind {@code ./kreissiegel}. The demo is a parent that starts the parts as
 * processes of their own, waits until each says that it is ready, and ends them all; each of them
 * ends by itself when the parent is gone, for then its standard input ends.
 */
@NullMarked
package de.kreissiegel.ra.launcher;

import org.jspecify.annotations.NullMarked;
