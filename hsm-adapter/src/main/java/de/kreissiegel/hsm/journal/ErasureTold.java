package de.kreissiegel.hsm.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * An erasure, as its entry tells of it.
 *
 * @param entry the entry's number
 * @param time when it was written
 * @param order what was ordered, by whom and why
 * @param signed whether the ceremony's key signed the order; empty if that key wasn't at hand
 */
public record ErasureTold(long entry, Instant time, ErasureOrder order, Optional<Boolean> signed) {}
