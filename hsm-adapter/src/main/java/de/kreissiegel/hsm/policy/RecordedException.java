package de.kreissiegel.hsm.policy;

import java.time.Instant;

/**
 * Why a key of a kind that isn't allowed any more is used all the same.
 *
 * @param reason for those who ask in a year
 * @param owner who answers for it
 * @param until after this the key signs nothing more
 */
public record RecordedException(String reason, String owner, Instant until) {}
