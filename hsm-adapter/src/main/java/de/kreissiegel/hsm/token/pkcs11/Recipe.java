package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.util.Optional;
import java.util.Set;

/**
 * How a token makes and uses keys of one algorithm. Digests are computed here, so that octets of
 * any length can be signed; what signs messages, not digests, gets the message whole.
 *
 * @param keyType CKK_…
 * @param generation the mechanism that makes a pair
 * @param operation the mechanism that signs, or decrypts by OAEP
 * @param digest of the message, as JCA calls it; none if the token signs the message itself
 * @param form what the token gives and takes
 */
record Recipe(
    KeyAlgorithm algorithm,
    long keyType,
    Mechanism generation,
    Mechanism operation,
    Optional<String> digest,
    Form form) {
  /** How octets go in and come out. */
  enum Form {
    /** In goes the digest, out comes r||s, which becomes a SEQUENCE (RFC 3279 §2.2.3). */
    ECDSA,
    /** In goes a DigestInfo (RFC 8017 §9.2). */
    DIGEST_INFO,
    /** In goes the digest, out comes the signature. */
    DIGEST,
    /** In goes the message, out comes the signature. */
    MESSAGE,
    /** It decrypts. */
    DECRYPTION
  }

  private static final Mechanism PSS_SHA256 =
      Mechanism.of(Ck.CKM_RSA_PKCS_PSS, Ck.CKM_SHA256, Ck.CKG_MGF1_SHA256, 32L);
  private static final Mechanism PSS_SHA384 =
      Mechanism.of(Ck.CKM_RSA_PKCS_PSS, Ck.CKM_SHA384, Ck.CKG_MGF1_SHA384, 48L);
  static final Mechanism OAEP_SHA256 =
      Mechanism.of(
          Ck.CKM_RSA_PKCS_OAEP, Ck.CKM_SHA256, Ck.CKG_MGF1_SHA256, Ck.CKZ_DATA_SPECIFIED, 0L, 0L);

  /** The recipe; none for what PKCS#11 has no mechanism for. */
  static Optional<Recipe> of(KeyAlgorithm algorithm) {
    return Optional.ofNullable(
        switch (algorithm) {
          case ECDSA_P256, ECDSA_BRAINPOOL_P256R1 -> ecdsa(algorithm, "SHA-256");
          case ECDSA_P384, ECDSA_BRAINPOOL_P384R1 -> ecdsa(algorithm, "SHA-384");
          case ECDSA_P521, ECDSA_BRAINPOOL_P512R1 -> ecdsa(algorithm, "SHA-512");
          case RSA_3072_PSS -> rsa(algorithm, PSS_SHA256, "SHA-256", Form.DIGEST);
          case RSA_4096_PSS -> rsa(algorithm, PSS_SHA384, "SHA-384", Form.DIGEST);
          case RSA_2048_PKCS1, RSA_3072_PKCS1 ->
              rsa(algorithm, Mechanism.of(Ck.CKM_RSA_PKCS), "SHA-256", Form.DIGEST_INFO);
          case RSA_4096_PKCS1 ->
              rsa(algorithm, Mechanism.of(Ck.CKM_RSA_PKCS), "SHA-384", Form.DIGEST_INFO);
          case RSA_3072_DECRYPT, RSA_4096_DECRYPT ->
              new Recipe(
                  algorithm,
                  Ck.CKK_RSA,
                  Mechanism.of(Ck.CKM_RSA_PKCS_KEY_PAIR_GEN),
                  OAEP_SHA256,
                  Optional.empty(),
                  Form.DECRYPTION);
          case ED25519 ->
              message(algorithm, Ck.CKK_EC_EDWARDS, Ck.CKM_EC_EDWARDS_KEY_PAIR_GEN, Ck.CKM_EDDSA);
          case ML_DSA_65, ML_DSA_87 ->
              message(algorithm, Ck.CKK_ML_DSA, Ck.CKM_ML_DSA_KEY_PAIR_GEN, Ck.CKM_ML_DSA);
          case SLH_DSA_SHA2_192S, SLH_DSA_SHA2_256S ->
              message(algorithm, Ck.CKK_SLH_DSA, Ck.CKM_SLH_DSA_KEY_PAIR_GEN, Ck.CKM_SLH_DSA);
          case ML_DSA_65_ECDSA_P256 -> null;
        });
  }

  /** Whether a token with these mechanisms can do it. */
  boolean fits(Set<Long> mechanisms) {
    boolean computes =
        form == Form.DECRYPTION
            ? mechanisms.contains(Ck.CKM_RSA_X_509)
            : mechanisms.contains(operation.type());
    return computes && mechanisms.contains(generation.type());
  }

  private static Recipe ecdsa(KeyAlgorithm algorithm, String digest) {
    return new Recipe(
        algorithm,
        Ck.CKK_EC,
        Mechanism.of(Ck.CKM_EC_KEY_PAIR_GEN),
        Mechanism.of(Ck.CKM_ECDSA),
        Optional.of(digest),
        Form.ECDSA);
  }

  private static Recipe rsa(KeyAlgorithm algorithm, Mechanism signing, String digest, Form form) {
    return new Recipe(
        algorithm,
        Ck.CKK_RSA,
        Mechanism.of(Ck.CKM_RSA_PKCS_KEY_PAIR_GEN),
        signing,
        Optional.of(digest),
        form);
  }

  private static Recipe message(
      KeyAlgorithm algorithm, long keyType, long generation, long signing) {
    return new Recipe(
        algorithm,
        keyType,
        Mechanism.of(generation),
        Mechanism.of(signing),
        Optional.empty(),
        Form.MESSAGE);
  }
}
