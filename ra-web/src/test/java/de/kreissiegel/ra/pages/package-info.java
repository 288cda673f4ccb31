/**
 * The pages in front of desks that play a small town hall ({@link
 * de.kreissiegel.ra.pages.SampleDesks}): by MockMvc in tests, in a browser by {@link
 * de.kreissiegel.ra.pages.Preview}.
 */
@NullMarked
package de.kreissiegel.ra.pages;

import org.jspecify.annotations.NullMarked;
