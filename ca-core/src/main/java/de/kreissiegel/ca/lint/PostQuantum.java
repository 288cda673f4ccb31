package de.kreissiegel.ca.lint;

import java.util.Set;

/**
 * Object identifiers of NIST's post-quantum algorithms and of the IETF's composites of them
 * (draft-ietf-lamps-pq-composite-sigs, draft-ietf-lamps-pq-composite-kem).
 */
final class PostQuantum {
  /**
   * 37 to 40: with ML-DSA-44; to 54: with ML-DSA-65 and -87; 55 with RSA-2048; to 66: with ML-KEM.
   */
  private static final String COMPOSITES = "1.3.6.1.5.5.7.6.";

  private static final Set<String> LATTICES =
      Set.of(Oids.ML_DSA_65, Oids.ML_DSA_87, Oids.ML_KEM_768, Oids.ML_KEM_1024);

  /** SLH-DSA of 192 and 256 bits, with SHA2 and SHAKE, small and fast. */
  private static final Set<String> HASHES =
      Set.of(
          "2.16.840.1.101.3.4.3.22",
          "2.16.840.1.101.3.4.3.23",
          "2.16.840.1.101.3.4.3.24",
          "2.16.840.1.101.3.4.3.25",
          "2.16.840.1.101.3.4.3.28",
          "2.16.840.1.101.3.4.3.29",
          "2.16.840.1.101.3.4.3.30",
          "2.16.840.1.101.3.4.3.31");

  private static final Set<String> TOO_SMALL =
      Set.of(
          Oids.ML_DSA_44,
          Oids.ML_KEM_512,
          "2.16.840.1.101.3.4.3.20",
          "2.16.840.1.101.3.4.3.21",
          "2.16.840.1.101.3.4.3.26",
          "2.16.840.1.101.3.4.3.27");

  private PostQuantum() {}

  /** Whether TR-02102-1 lists it, or it is a composite of what it lists. */
  static boolean isListed(String algorithm) {
    int composite = composite(algorithm);
    return LATTICES.contains(algorithm)
        || HASHES.contains(algorithm)
        || composite > 40 && composite <= 66 && composite != 55;
  }

  /** Whether TR-02102-1 leaves it out for its size. */
  static boolean isTooSmall(String algorithm) {
    int composite = composite(algorithm);
    return TOO_SMALL.contains(algorithm) || composite >= 37 && composite <= 40 || composite == 55;
  }

  /** Whether it is ML-DSA or ML-KEM without a classical part. */
  static boolean isLattice(String algorithm) {
    return LATTICES.contains(algorithm);
  }

  private static int composite(String algorithm) {
    if (!algorithm.startsWith(COMPOSITES) || algorithm.length() != COMPOSITES.length() + 2) {
      return -1;
    }
    String number = algorithm.substring(COMPOSITES.length());
    return number.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(number) : -1;
  }
}
