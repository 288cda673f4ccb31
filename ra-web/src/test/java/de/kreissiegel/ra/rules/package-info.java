/** The arrows of the design as tests, and planted faults that show that each of them bites. */
@NullMarked
package de.kreissiegel.ra.rules;

import org.jspecify.annotations.NullMarked;
