package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An extension that a certificate may or must carry.
 *
 * @param identifier its object identifier in dotted form
 * @param required whether it must be there
 * @param critical what its flag must be
 * @param value the DER that its OCTET STRING must hold; none: what the other rules leave open
 * @param others what it may hold instead: the addresses of partitions
 */
public record ExtensionRule(
    String identifier,
    boolean required,
    boolean critical,
    Optional<Bytes> value,
    Set<Bytes> others) {
  public ExtensionRule {
    others = Set.copyOf(others);
  }

  /** Of one value, or any. */
  public ExtensionRule(
      String identifier, boolean required, boolean critical, Optional<Bytes> value) {
    this(identifier, required, critical, value, Set.of());
  }

  /** Whether it may hold that, DER. */
  boolean allows(Bytes held) {
    return value.isEmpty() || value.get().equals(held) || others.contains(held);
  }

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

  /** The same of one address, or that of one of its partitions, {@link ListAddress}. */
  public static ExtensionRule crlAddress(String address, int partitions) {
    return listAddress(ObjectNames.CRL_DISTRIBUTION_POINTS, true, address, partitions);
  }

  /** freshestCRL with the address of a delta, or that of one of its partitions. */
  public static ExtensionRule freshestCrl(String address, int partitions) {
    return listAddress(ObjectNames.FRESHEST_CRL, true, address, partitions);
  }

  static ExtensionRule listAddress(
      String identifier, boolean required, String address, int partitions) {
    Set<Bytes> others = new HashSet<>();
    for (int i = 1; i <= partitions; i++) {
      others.add(FixedExtensions.distributionPoints(List.of(ListAddress.ofPartition(address, i))));
    }
    return new ExtensionRule(
        identifier,
        required,
        false,
        Optional.of(FixedExtensions.distributionPoints(List.of(address))),
        others);
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
