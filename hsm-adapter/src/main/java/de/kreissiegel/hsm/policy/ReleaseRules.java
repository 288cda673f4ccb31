package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.ReleaseRequest;
import java.util.Set;

/**
 * What a key may decrypt.
 *
 * @param purpose the one purpose that it is for
 * @param schemes how it may have been encrypted
 * @param largestOctets how many octets the encrypted value may have
 * @param officers how many different officers must have approved each release
 * @param rate how many
 */
public record ReleaseRules(
    ReleaseRequest.Purpose purpose,
    Set<ReleaseRequest.Scheme> schemes,
    int largestOctets,
    int officers,
    SignatureRate rate) {
  public ReleaseRules {
    schemes = Set.copyOf(schemes);
    if (officers < 0 || largestOctets < 1) {
      throw new IllegalArgumentException("0 officers or more, 1 octet or more");
    }
  }
}
