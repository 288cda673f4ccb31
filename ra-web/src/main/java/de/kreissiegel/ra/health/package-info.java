/**
 * Whether the parts that the counter leans on are there: database, vault, directory, outbox, fresh
 * CRLs. In come small questions from the wiring, out go components of {@code /actuator/health} on
 * the management port.
 */
@NullMarked
package de.kreissiegel.ra.health;

import org.jspecify.annotations.NullMarked;
