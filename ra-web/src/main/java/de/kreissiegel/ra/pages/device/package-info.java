/**
 * Certificates onto devices: what the browser needs to make a device's file, the steps to take
 * there, and the way of a file from a desk to a phone.
 */
@NullMarked
package de.kreissiegel.ra.pages.device;

import org.jspecify.annotations.NullMarked;
