package de.kreissiegel.ca.policyset;

import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.bsi.BSIObjectIdentifiers;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x9.X962NamedCurves;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Object identifiers of algorithms, sorted by what TR-02102-1 says of them. */
final class Algorithms {
  /** The arc of composite signatures: PKIX algorithms (draft-ietf-lamps-pq-composite-sigs). */
  private static final String COMPOSITE_ARC = "1.3.6.1.5.5.7.6.";

  private static final int FIRST_COMPOSITE = 37;
  private static final int LAST_COMPOSITE_OF_ML_DSA_44 = 40;
  private static final int LAST_COMPOSITE = 54;

  /** Composites whose classical part is itself not recommended: PKCS#1 v1.5, EdDSA. */
  private static final Set<Integer> UNLISTED_COMPOSITES = Set.of(42, 44, 48, 51);

  /** ECDSA with a hash from SHA-256 on. */
  static final Set<String> ECDSA =
      Set.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256.getId(),
          X9ObjectIdentifiers.ecdsa_with_SHA384.getId(),
          X9ObjectIdentifiers.ecdsa_with_SHA512.getId(),
          NISTObjectIdentifiers.id_ecdsa_with_sha3_256.getId(),
          NISTObjectIdentifiers.id_ecdsa_with_sha3_384.getId(),
          NISTObjectIdentifiers.id_ecdsa_with_sha3_512.getId());

  /** RSASSA-PKCS1-v1_5 with a hash from SHA-256 on. */
  static final Set<String> PKCS1 =
      Set.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption.getId(),
          PKCSObjectIdentifiers.sha384WithRSAEncryption.getId(),
          PKCSObjectIdentifiers.sha512WithRSAEncryption.getId(),
          PKCSObjectIdentifiers.sha512_256WithRSAEncryption.getId(),
          NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_256.getId(),
          NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_384.getId(),
          NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_512.getId());

  /** Signatures over a hash that is too short or broken; the scheme may be a good one. */
  static final Set<String> SHORT_HASH =
      Set.of(
          PKCSObjectIdentifiers.md2WithRSAEncryption.getId(),
          PKCSObjectIdentifiers.md5WithRSAEncryption.getId(),
          PKCSObjectIdentifiers.sha1WithRSAEncryption.getId(),
          PKCSObjectIdentifiers.sha224WithRSAEncryption.getId(),
          PKCSObjectIdentifiers.sha512_224WithRSAEncryption.getId(),
          NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_224.getId(),
          X9ObjectIdentifiers.ecdsa_with_SHA1.getId(),
          X9ObjectIdentifiers.ecdsa_with_SHA224.getId(),
          NISTObjectIdentifiers.id_ecdsa_with_sha3_224.getId(),
          BSIObjectIdentifiers.ecdsa_plain_SHA1.getId(),
          BSIObjectIdentifiers.ecdsa_plain_SHA224.getId(),
          X9ObjectIdentifiers.id_dsa_with_sha1.getId());

  /** Hash functions that may be beside RSASSA-PSS. */
  static final Set<String> HASHES =
      Set.of(
          NISTObjectIdentifiers.id_sha256.getId(),
          NISTObjectIdentifiers.id_sha384.getId(),
          NISTObjectIdentifiers.id_sha512.getId(),
          NISTObjectIdentifiers.id_sha512_256.getId(),
          NISTObjectIdentifiers.id_sha3_256.getId(),
          NISTObjectIdentifiers.id_sha3_384.getId(),
          NISTObjectIdentifiers.id_sha3_512.getId());

  static final Set<String> EDDSA =
      Set.of(EdECObjectIdentifiers.id_Ed25519.getId(), EdECObjectIdentifiers.id_Ed448.getId());

  static final Set<String> EDWARDS_AGREEMENT =
      Set.of(EdECObjectIdentifiers.id_X25519.getId(), EdECObjectIdentifiers.id_X448.getId());

  static final String ML_DSA_44 = NISTObjectIdentifiers.id_ml_dsa_44.getId();

  static final Set<String> ML_DSA =
      Set.of(
          ML_DSA_44,
          NISTObjectIdentifiers.id_ml_dsa_65.getId(),
          NISTObjectIdentifiers.id_ml_dsa_87.getId());

  static final Set<String> ML_KEM =
      Set.of(
          NISTObjectIdentifiers.id_alg_ml_kem_768.getId(),
          NISTObjectIdentifiers.id_alg_ml_kem_1024.getId());

  static final Set<String> SLH_DSA_128 =
      Set.of(
          NISTObjectIdentifiers.id_slh_dsa_sha2_128s.getId(),
          NISTObjectIdentifiers.id_slh_dsa_sha2_128f.getId(),
          NISTObjectIdentifiers.id_slh_dsa_shake_128s.getId(),
          NISTObjectIdentifiers.id_slh_dsa_shake_128f.getId());

  static final Set<String> SLH_DSA =
      Set.of(
          NISTObjectIdentifiers.id_slh_dsa_sha2_192s.getId(),
          NISTObjectIdentifiers.id_slh_dsa_sha2_192f.getId(),
          NISTObjectIdentifiers.id_slh_dsa_sha2_256s.getId(),
          NISTObjectIdentifiers.id_slh_dsa_sha2_256f.getId(),
          NISTObjectIdentifiers.id_slh_dsa_shake_192s.getId(),
          NISTObjectIdentifiers.id_slh_dsa_shake_192f.getId(),
          NISTObjectIdentifiers.id_slh_dsa_shake_256s.getId(),
          NISTObjectIdentifiers.id_slh_dsa_shake_256f.getId());

  /** Curves of TR-03116-4 Table 30, by name. */
  static final Map<String, String> TABLE_30 =
      Map.of(
          TeleTrusTObjectIdentifiers.brainpoolP256r1.getId(), "brainpoolP256r1",
          TeleTrusTObjectIdentifiers.brainpoolP384r1.getId(), "brainpoolP384r1",
          TeleTrusTObjectIdentifiers.brainpoolP512r1.getId(), "brainpoolP512r1",
          X962NamedCurves.getOID("prime256v1").getId(), "P-256",
          org.bouncycastle.asn1.sec.SECObjectIdentifiers.secp384r1.getId(), "P-384",
          org.bouncycastle.asn1.sec.SECObjectIdentifiers.secp521r1.getId(), "P-521");

  /** In TR-02102-1 Table B.3, but not in Table 30. */
  static final String BRAINPOOL_320 = TeleTrusTObjectIdentifiers.brainpoolP320r1.getId();

  private Algorithms() {}

  /** Whether it is a composite of ML-DSA-65 or -87 with a classical scheme that is recommended. */
  static boolean isComposite(String algorithm) {
    int number = compositeNumber(algorithm);
    return number > LAST_COMPOSITE_OF_ML_DSA_44 && !UNLISTED_COMPOSITES.contains(number);
  }

  /** Whether it is a composite with ML-DSA-44. */
  static boolean isCompositeOfMlDsa44(String algorithm) {
    int number = compositeNumber(algorithm);
    return number >= FIRST_COMPOSITE && number <= LAST_COMPOSITE_OF_ML_DSA_44;
  }

  /** Whether it resists quantum computers, by itself or in a composite. */
  static boolean isPostQuantum(String algorithm) {
    return compositeNumber(algorithm) >= 0
        || ML_DSA.contains(algorithm)
        || SLH_DSA.contains(algorithm)
        || SLH_DSA_128.contains(algorithm);
  }

  private static int compositeNumber(String algorithm) {
    if (!algorithm.startsWith(COMPOSITE_ARC)) {
      return -1;
    }
    for (int number = FIRST_COMPOSITE; number <= LAST_COMPOSITE; number++) {
      if (algorithm.equals(COMPOSITE_ARC + number)) {
        return number;
      }
    }
    return -1;
  }
}
