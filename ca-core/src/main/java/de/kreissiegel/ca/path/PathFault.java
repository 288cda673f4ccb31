package de.kreissiegel.ca.path;

import java.util.OptionalInt;

/**
 * Why a path is not valid, or what is advised against in one that is.
 *
 * @param id stable: of a {@link PathReason} or a {@link
 *     de.kreissiegel.ca.policyset.CertificateRule}
 * @param clause where the rule stands
 * @param position which certificate of the path: 0 is the one that was asked about, the last one is
 *     the anchor; empty if it is the path as a whole
 * @param german a sentence
 * @param english the same
 */
public record PathFault(
    String id, String clause, OptionalInt position, String german, String english) {
  /** Whether nothing is known to be wrong, but no CRL at hand speaks for a certificate. */
  public boolean isUnknownStatus() {
    return id.equals(PathReason.STATUS_UNKNOWN.id());
  }
}
