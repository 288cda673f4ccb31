package de.kreissiegel.hsm.signing;

/** The kinds of key that the vault makes (TR-02102-1 §3.6, FIPS 186-5 §6). */
public enum KeyAlgorithm {
  /** P-256 with SHA-256: OCSP responders, audit, journal. */
  ECDSA_P256("secp256r1", "SHA256withECDSA"),
  /** P-384 with SHA-384: authorities. */
  ECDSA_P384("secp384r1", "SHA384withECDSA");

  private final String curve;
  private final String signature;

  KeyAlgorithm(String curve, String signature) {
    this.curve = curve;
    this.signature = signature;
  }

  /** The curve's name in SEC 2. */
  public String curve() {
    return curve;
  }

  /** The signature algorithm's name in the JCA. */
  public String signature() {
    return signature;
  }
}
