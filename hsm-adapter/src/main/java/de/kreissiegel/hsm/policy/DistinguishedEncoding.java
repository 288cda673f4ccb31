package de.kreissiegel.hsm.policy;

/** Tells others in the vault whether octets are strict DER (X.690 §10, §11). */
public final class DistinguishedEncoding {
  private DistinguishedEncoding() {}

  /**
   * Whether the octets are exactly one value in strict DER.
   *
   * @param largest more octets than these are not even looked at
   */
  public static boolean accepts(byte[] octets, int largest) {
    if (octets.length > largest) {
      return false;
    }
    try {
      StrictDer.check(octets);
      return true;
    } catch (NotDer _) {
      return false;
    }
  }
}
