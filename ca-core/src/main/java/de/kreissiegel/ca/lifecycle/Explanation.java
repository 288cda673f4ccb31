package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.roster.Change;
import java.time.Instant;
import java.util.Optional;

/**
 * Why the directory is the reason for what became of a certificate, or will.
 *
 * @param change what happened there
 * @param seenAt when it was seen
 * @param act what was done
 * @param dueAt when the certificate will be revoked by itself, if it will
 */
public record Explanation(
    Change.Kind change, Instant seenAt, Effect.Act act, Optional<Instant> dueAt) {}
