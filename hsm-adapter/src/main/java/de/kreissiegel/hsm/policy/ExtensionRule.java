package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * An extension that a certificate may or must carry.
 *
 * @param identifier its object identifier in dotted form
 * @param required whether it must be there
 * @param critical what its flag must be
 * @param value the DER that its OCTET STRING must hold; none: what the other rules leave open
 */
public record ExtensionRule(
    String identifier, boolean required, boolean critical, Optional<Bytes> value) {

  /** One that must be there. */
  public static ExtensionRule required(String identifier, boolean critical) {
    return new ExtensionRule(identifier, true, critical, Optional.empty());
  }

  /** One that may be there. */
  public static ExtensionRule optional(String identifier, boolean critical) {
    return new ExtensionRule(identifier, false, critical, Optional.empty());
  }

  /** Exactly this value, DER, not critical. */
  public static ExtensionRule exactly(String identifier, Bytes value) {
    return new ExtensionRule(identifier, true, false, Optional.of(value));
  }

  /** cRLDistributionPoints with a point for each of these addresses, as DER. */
  public static ExtensionRule crlAddresses(List<String> addresses) {
    return exactly(
        ObjectNames.CRL_DISTRIBUTION_POINTS, FixedExtensions.distributionPoints(addresses));
  }

  /** authorityInfoAccess: these addresses of OCSP responders, then these of the issuer. */
  public static ExtensionRule access(List<String> ocsp, List<String> caIssuers) {
    return exactly(ObjectNames.AUTHORITY_INFO_ACCESS, FixedExtensions.access(ocsp, caIssuers));
  }

  /** certificatePolicies: these object identifiers in this order, without qualifiers. */
  public static ExtensionRule policies(List<String> identifiers) {
    return exactly(ObjectNames.CERTIFICATE_POLICIES, FixedExtensions.policies(identifiers));
  }

  /** id-pkix-ocsp-nocheck (RFC 6960 §4.2.2.2.1). */
  public static ExtensionRule noCheck() {
    return exactly(ObjectNames.OCSP_NO_CHECK, Bytes.fromHex("0500"));
  }
}
