package de.kreissiegel.hsm.policy;

import java.util.Set;

/**
 * A kind of public key that a certificate may carry.
 *
 * @param kind curve or algorithm
 * @param leastBits of an RSA modulus; 0 for others
 * @param mostBits of an RSA modulus; 0 for others
 * @param usage the keyUsage that goes with such keys, where it depends on them (RFC 5480 §3: EC
 *     keys agree, RSA keys encipher); empty: what the kind's marks say
 */
public record PublicKeyRule(
    PublicKeyKind kind, int leastBits, int mostBits, Set<KeyUsageFlag> usage) {
  public PublicKeyRule {
    usage = Set.copyOf(usage);
    boolean rsa = kind == PublicKeyKind.RSA;
    if (rsa ? leastBits < 2048 || mostBits < leastBits : leastBits != 0 || mostBits != 0) {
      throw new IllegalArgumentException(
          rsa ? "RSA has at least 2048 bits, and at most as many as at least" : "no lengths here");
    }
  }

  /** A curve, or an algorithm with but one length. */
  public static PublicKeyRule of(PublicKeyKind kind) {
    return new PublicKeyRule(kind, 0, 0, Set.of());
  }

  /** RSA. */
  public static PublicKeyRule rsa(int leastBits, int mostBits) {
    return new PublicKeyRule(PublicKeyKind.RSA, leastBits, mostBits, Set.of());
  }

  /** This, and only with this keyUsage. */
  public PublicKeyRule with(Set<KeyUsageFlag> keyUsage) {
    return new PublicKeyRule(kind, leastBits, mostBits, keyUsage);
  }
}
