package de.kreissiegel.hsm.token.pkcs11;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mechanisms that the vault has a use for, and what they are called. */
public final class MechanismNames {
  /** What EC keys need. */
  public static final List<Long> ELLIPTIC = List.of(Ck.CKM_EC_KEY_PAIR_GEN, Ck.CKM_ECDSA);

  /** What RSA keys need. */
  public static final List<Long> PSS = List.of(Ck.CKM_RSA_PKCS_KEY_PAIR_GEN, Ck.CKM_RSA_PKCS_PSS);

  private static final Map<Long, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(Ck.CKM_EC_KEY_PAIR_GEN, "CKM_EC_KEY_PAIR_GEN (makes EC keys)");
    NAMES.put(Ck.CKM_ECDSA, "CKM_ECDSA (signs by ECDSA)");
    NAMES.put(Ck.CKM_RSA_PKCS_KEY_PAIR_GEN, "CKM_RSA_PKCS_KEY_PAIR_GEN (makes RSA keys)");
    NAMES.put(Ck.CKM_RSA_PKCS_PSS, "CKM_RSA_PKCS_PSS (signs by RSASSA-PSS)");
    NAMES.put(Ck.CKM_RSA_PKCS, "CKM_RSA_PKCS (signs by RSASSA-PKCS1-v1_5)");
    NAMES.put(Ck.CKM_RSA_X_509, "CKM_RSA_X_509 (decrypts by RSA)");
    NAMES.put(Ck.CKM_EC_EDWARDS_KEY_PAIR_GEN, "CKM_EC_EDWARDS_KEY_PAIR_GEN (makes Ed25519 keys)");
    NAMES.put(Ck.CKM_EDDSA, "CKM_EDDSA (signs by Ed25519)");
    NAMES.put(Ck.CKM_ML_DSA_KEY_PAIR_GEN, "CKM_ML_DSA_KEY_PAIR_GEN (makes ML-DSA keys)");
    NAMES.put(Ck.CKM_ML_DSA, "CKM_ML_DSA (signs by ML-DSA)");
    NAMES.put(Ck.CKM_SLH_DSA_KEY_PAIR_GEN, "CKM_SLH_DSA_KEY_PAIR_GEN (makes SLH-DSA keys)");
    NAMES.put(Ck.CKM_SLH_DSA, "CKM_SLH_DSA (signs by SLH-DSA)");
  }

  private MechanismNames() {}

  /** Number and name, in the order of importance. */
  public static Map<Long, String> all() {
    return Collections.unmodifiableMap(NAMES);
  }
}
