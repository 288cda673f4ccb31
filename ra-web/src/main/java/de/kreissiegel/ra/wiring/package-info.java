/**
 * The wiring: reads the configuration, builds the authority and its adapters with {@code new}, and
 * hands them to Spring. The only place that knows who stands behind which port.
 */
@NullMarked
package de.kreissiegel.ra.wiring;

import org.jspecify.annotations.NullMarked;
