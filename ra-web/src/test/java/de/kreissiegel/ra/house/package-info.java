/**
 * A wiring for tests: the counter with people, a directory in memory, and behind the desks the
 * whole authority on a real PostgreSQL and a real vault. No port is opened.
 */
@NullMarked
package de.kreissiegel.ra.house;

import org.jspecify.annotations.NullMarked;
