package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One run over all certificates of a generation.
 *
 * @param id its name in the audit trail
 * @param authority the generation
 * @param kind why
 * @param reason why, in words
 * @param begunBy who began it
 * @param begunAt when; nothing was issued any more from then on if it is an emergency
 * @param finished when it came to its end, if it did
 */
public record MassRun(
    UUID id,
    AuthorityName authority,
    MassKind kind,
    String reason,
    String begunBy,
    Instant begunAt,
    Optional<Finish> finished) {

  /**
   * The end of a run.
   *
   * @param at when
   * @param serials SHA-256 of the list of its certificates: a line {@code authority/serial} for
   *     each, in the run's order
   */
  public record Finish(Instant at, Bytes serials) {}

  /** How the audit trail names it. */
  public String auditName() {
    return "mass:" + id;
  }
}
