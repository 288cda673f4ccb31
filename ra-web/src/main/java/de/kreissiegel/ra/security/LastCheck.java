package de.kreissiegel.ra.security;

import java.time.Instant;

/**
 * How a session stands with the directory.
 *
 * @param asked when the directory was last asked for its person
 * @param confirmed when it last confirmed them
 */
public record LastCheck(Instant asked, Instant confirmed) {}
