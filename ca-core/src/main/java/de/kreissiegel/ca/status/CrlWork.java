package de.kreissiegel.ca.status;

import java.time.Duration;

/**
 * How the making of a list goes on this node, since it started.
 *
 * @param name which list; failures count for the full one
 * @param made how many
 * @param failed how many times it could not be made
 * @param last how long the last one took, from the first entry until it was published
 */
public record CrlWork(CrlName name, long made, long failed, Duration last) {}
