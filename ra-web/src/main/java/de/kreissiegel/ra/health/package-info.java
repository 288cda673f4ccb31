/**
 * Whether the parts that the counter leans on are there: database, vault, directory, outbox, fresh
 * CRLs, the second host of the audit trail, the right time. In come small questions from the
 * wiring, out go components of {@code /actuator/health} on the management port.
 */
@NullMarked
package de.kreissiegel.ra.health;

import org.jspecify.annotations.NullMarked;
