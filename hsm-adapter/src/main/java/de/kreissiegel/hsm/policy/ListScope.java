package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;

/**
 * Which of its issuer's lists one is. Lists of one scope count up by crlNumber (RFC 5280 §5.2.3).
 *
 * @param distributionPoint DER of the IssuingDistributionPoint of a partition; none is the whole
 * @param delta whether it only tells what changed since another list
 */
public record ListScope(Optional<Bytes> distributionPoint, boolean delta) {
  /** Its sister: the delta list of a complete one, the complete one of a delta. */
  public ListScope other() {
    return new ListScope(distributionPoint, !delta);
  }
}
