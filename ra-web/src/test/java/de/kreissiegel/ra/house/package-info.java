/**
 * A wiring for tests: the counter with people, a directory in memory, and a real PostgreSQL behind
 * the desks. No port is opened.
 */
@NullMarked
package de.kreissiegel.ra.house;

import org.jspecify.annotations.NullMarked;
