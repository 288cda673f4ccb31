package de.kreissiegel.ca.login;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.time.Duration;
import java.time.Instant;

/**
 * Whoever changes by what somebody logs in, or ends sessions, has proved who they are just now:
 * somebody else at a computer that was left open has not.
 */
public final class FreshProof {
  /** So long a proof is fresh. */
  public static final Duration LASTS = Duration.ofMinutes(10);

  private FreshProof() {}

  /**
   * @param provenAt when the person last logged in
   */
  public static boolean isFresh(Instant provenAt, Instant now) {
    return now.isBefore(provenAt.plus(LASTS));
  }

  /**
   * @throws Refused STALE_PROOF
   */
  static void demand(Instant provenAt, Instant now) throws Refused {
    if (!isFresh(provenAt, now)) {
      throw new Refused(RefusalReason.STALE_PROOF, "this takes a log-in of the last ten minutes");
    }
  }
}
