package de.kreissiegel.hsm.signing;

/** The kinds of key that the vault makes (TR-02102-1 §3, §5; FIPS 186-5, 204, 205). */
public enum KeyAlgorithm {
  /** P-256 with SHA-256: OCSP responders, audit, journal. */
  ECDSA_P256("ecdsa-p256", Family.EC, "secp256r1", "SHA256withECDSA", Standing.USUAL),
  /** P-384 with SHA-384: authorities. */
  ECDSA_P384("ecdsa-p384", Family.EC, "secp384r1", "SHA384withECDSA", Standing.USUAL),
  /** P-521 with SHA-512. */
  ECDSA_P521("ecdsa-p521", Family.EC, "secp521r1", "SHA512withECDSA", Standing.USUAL),
  /** The curves of RFC 5639. */
  ECDSA_BRAINPOOL_P256R1(
      "ecdsa-brainpoolP256r1", Family.EC, "brainpoolP256r1", "SHA256withECDSA", Standing.USUAL),
  ECDSA_BRAINPOOL_P384R1(
      "ecdsa-brainpoolP384r1", Family.EC, "brainpoolP384r1", "SHA384withECDSA", Standing.USUAL),
  ECDSA_BRAINPOOL_P512R1(
      "ecdsa-brainpoolP512r1", Family.EC, "brainpoolP512r1", "SHA512withECDSA", Standing.USUAL),
  /** RSASSA-PSS (RFC 8017 §8.1) with SHA-256, MGF1 with SHA-256, 32 octets of salt. */
  RSA_3072_PSS("rsa-3072-pss", Family.RSA, "3072", "SHA256withRSAandMGF1", Standing.USUAL),
  /** RSASSA-PSS with SHA-384, MGF1 with SHA-384, 48 octets of salt. */
  RSA_4096_PSS("rsa-4096-pss", Family.RSA, "4096", "SHA384withRSAandMGF1", Standing.USUAL),
  /** RSASSA-PKCS1-v1_5: only where a policy records an exception with its end. */
  RSA_3072_PKCS1("rsa-3072-pkcs1", Family.RSA, "3072", "SHA256withRSA", Standing.EXCEPTION),
  RSA_4096_PKCS1("rsa-4096-pkcs1", Family.RSA, "4096", "SHA384withRSA", Standing.EXCEPTION),
  /** Of a foreign authority that is taken over; too short to be made (TR-02102-1 §3.5). */
  RSA_2048_PKCS1("rsa-2048-pkcs1", Family.RSA, "2048", "SHA256withRSA", Standing.EXCEPTION),
  /** ML-DSA, pure, with an empty context (FIPS 204, RFC 9881). */
  ML_DSA_65("ml-dsa-65", Family.ML_DSA, "ML-DSA-65", "ML-DSA-65", Standing.USUAL),
  ML_DSA_87("ml-dsa-87", Family.ML_DSA, "ML-DSA-87", "ML-DSA-87", Standing.USUAL),
  /** SLH-DSA, pure, with an empty context (FIPS 205, RFC 9909). */
  SLH_DSA_SHA2_192S(
      "slh-dsa-sha2-192s",
      Family.SLH_DSA,
      "SLH-DSA-SHA2-192S",
      "SLH-DSA-SHA2-192S",
      Standing.USUAL),
  SLH_DSA_SHA2_256S(
      "slh-dsa-sha2-256s",
      Family.SLH_DSA,
      "SLH-DSA-SHA2-256S",
      "SLH-DSA-SHA2-256S",
      Standing.USUAL),
  /** Composite of ML-DSA-65 and ECDSA on P-256; its draft may still change. */
  ML_DSA_65_ECDSA_P256(
      "ml-dsa-65-ecdsa-p256",
      Family.COMPOSITE,
      "MLDSA65-ECDSA-P256-SHA512",
      "MLDSA65-ECDSA-P256-SHA512",
      Standing.EXPERIMENTAL),
  /** Ed25519 (RFC 8032); TR-02102-1 doesn't list it. */
  ED25519("ed25519", Family.EDWARDS, "Ed25519", "Ed25519", Standing.OFF),
  /** Decrypts and unwraps, never signs (RFC 8017 §7). */
  RSA_3072_DECRYPT("rsa-3072-decrypt", Family.RSA, "3072", "", Standing.USUAL),
  RSA_4096_DECRYPT("rsa-4096-decrypt", Family.RSA, "4096", "", Standing.USUAL);

  private final String word;
  private final Family family;
  private final String parameter;
  private final String signature;
  private final Standing standing;

  KeyAlgorithm(String word, Family family, String parameter, String signature, Standing standing) {
    this.word = word;
    this.family = family;
    this.parameter = parameter;
    this.signature = signature;
    this.standing = standing;
  }

  /** Its name in policies, plans and reports; it never changes its meaning. */
  public String word() {
    return word;
  }

  public Family family() {
    return family;
  }

  /** The curve's name, the modulus' length in bits, or the parameter set. */
  public String parameter() {
    return parameter;
  }

  /** The signature algorithm's name in Bouncy Castle's JCA; empty where it signs nothing. */
  public String signature() {
    return signature;
  }

  /** Whether keys of this kind sign; the others decrypt. */
  public boolean signs() {
    return !signature.isEmpty();
  }

  /** Whether new keys of this kind are made; others are only taken over. */
  public boolean isMade() {
    return this != RSA_2048_PKCS1;
  }

  public Standing standing() {
    return standing;
  }

  /**
   * The algorithm of that word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static KeyAlgorithm ofWord(String word) {
    for (KeyAlgorithm algorithm : values()) {
      if (algorithm.word.equals(word)) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException("no algorithm is called " + word);
  }

  /** Which keys are of one make. */
  public enum Family {
    EC,
    RSA,
    ML_DSA,
    SLH_DSA,
    COMPOSITE,
    EDWARDS
  }

  /** Whether a key of that kind may be made. */
  public enum Standing {
    /** As any policy likes. */
    USUAL,
    /** Only under a policy that records an exception with its end. */
    EXCEPTION,
    /** Only under a policy that says so: its standard is a draft. */
    EXPERIMENTAL,
    /** Only under a policy that switches it on. */
    OFF
  }
}
