package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An officer's yes.
 *
 * @param officer who
 * @param officerName for display, as it was then
 * @param at when, as their statement says
 * @param signature by which they said it, for the vault: a CMS SignedData, or a {@link
 *     de.kreissiegel.hsm.approval.SecurityKeyApproval}; none where no profile makes officers
 */
public record Approval(
    SubjectId officer, String officerName, Instant at, Optional<Bytes> signature) {
  /** For how long the vault hears a signed one; with an older one the officer is asked again. */
  public static final Duration HEARD_FOR = Duration.ofDays(14);
}
