package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.Optional;

/**
 * Which TBSCertLists a key may sign (RFC 5280 §5.1).
 *
 * @param issuer the DER of the issuer's Name; a list must carry exactly these octets
 * @param longestValidity from thisUpdate to nextUpdate
 * @param backdating how far thisUpdate may lie in the past
 * @param authorityKeyId the keyIdentifier that the authorityKeyIdentifier of a list must carry,
 *     alone; none means that it may be left out
 * @param forms what beside full lists of all certificates, and with what in them
 */
public record ListRules(
    Bytes issuer,
    Duration longestValidity,
    Duration backdating,
    Optional<Bytes> authorityKeyId,
    ListForms forms) {
  /** Plain lists. */
  public ListRules(
      Bytes issuer, Duration longestValidity, Duration backdating, Optional<Bytes> authorityKeyId) {
    this(issuer, longestValidity, backdating, authorityKeyId, ListForms.PLAIN);
  }

  /** Plain lists, without a key identifier. */
  public ListRules(Bytes issuer, Duration longestValidity, Duration backdating) {
    this(issuer, longestValidity, backdating, Optional.empty(), ListForms.PLAIN);
  }

  /** These, with other forms. */
  public ListRules with(ListForms others) {
    return new ListRules(issuer, longestValidity, backdating, authorityKeyId, others);
  }
}
