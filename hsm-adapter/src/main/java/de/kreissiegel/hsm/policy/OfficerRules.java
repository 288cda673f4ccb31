package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who is an officer for a key's certificates. Beyond this, an officer's certificate says it itself:
 * it is of the officers' kind, signed by a key of this vault, and carries an {@code
 * approval.OfficerScope}.
 *
 * @param kind the policy's kind whose certificates make officers; it needs two officers itself
 * @param firstOfficers SHA-256 of the SubjectPublicKeyInfo of the first officers' keys: theirs are
 *     made without approval, each once, for there is nobody yet
 * @param longestSilence how old the newest list of revoked certificates may be that this vault has
 *     signed for the officers' issuer; with an older one no approval counts
 * @param oldestApproval how long ago an officer may have decided
 * @param securityKeys where officers' security keys are used; none means that none counts
 */
public record OfficerRules(
    String kind,
    Set<Bytes> firstOfficers,
    Duration longestSilence,
    Duration oldestApproval,
    Optional<SecurityKeyRules> securityKeys) {
  /** What policies say that say nothing. */
  public static final Duration TWO_WEEKS = Duration.ofDays(14);

  public OfficerRules {
    firstOfficers = Set.copyOf(firstOfficers);
  }

  /** Approvals of two weeks, and no security keys. */
  public OfficerRules(String kind, Set<Bytes> firstOfficers, Duration longestSilence) {
    this(kind, firstOfficers, longestSilence, TWO_WEEKS, Optional.empty());
  }
}
