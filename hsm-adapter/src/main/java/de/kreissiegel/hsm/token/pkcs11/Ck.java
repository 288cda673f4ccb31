package de.kreissiegel.hsm.token.pkcs11;

/** Numbers of PKCS#11 (OASIS, version 3.2), under the names they have there. */
final class Ck {
  static final long CKF_OS_LOCKING_OK = 0x2;
  static final long CKF_SERIAL_SESSION = 0x4;
  static final long CKF_RW_SESSION = 0x2;
  static final long CKU_SO = 0;
  static final long CKU_USER = 1;

  static final long CKO_DATA = 0;
  static final long CKO_CERTIFICATE = 1;
  static final long CKO_PUBLIC_KEY = 2;
  static final long CKO_PRIVATE_KEY = 3;
  static final long CKO_SECRET_KEY = 4;

  static final long CKK_RSA = 0x0;
  static final long CKK_EC = 0x3;
  static final long CKK_EC_EDWARDS = 0x40;
  static final long CKK_ML_DSA = 0x4a;
  static final long CKK_SLH_DSA = 0x4b;

  static final long CKA_CLASS = 0x0;
  static final long CKA_TOKEN = 0x1;
  static final long CKA_PRIVATE = 0x2;
  static final long CKA_LABEL = 0x3;
  static final long CKA_APPLICATION = 0x10;
  static final long CKA_VALUE = 0x11;
  static final long CKA_KEY_TYPE = 0x100;
  static final long CKA_ID = 0x102;
  static final long CKA_SENSITIVE = 0x103;
  static final long CKA_ENCRYPT = 0x104;
  static final long CKA_DECRYPT = 0x105;
  static final long CKA_WRAP = 0x106;
  static final long CKA_UNWRAP = 0x107;
  static final long CKA_SIGN = 0x108;
  static final long CKA_SIGN_RECOVER = 0x109;
  static final long CKA_VERIFY = 0x10a;
  static final long CKA_DERIVE = 0x10c;
  static final long CKA_MODULUS = 0x120;
  static final long CKA_MODULUS_BITS = 0x121;
  static final long CKA_PUBLIC_EXPONENT = 0x122;
  static final long CKA_PUBLIC_KEY_INFO = 0x129;
  static final long CKA_EXTRACTABLE = 0x162;
  static final long CKA_NEVER_EXTRACTABLE = 0x164;
  static final long CKA_EC_PARAMS = 0x180;
  static final long CKA_EC_POINT = 0x181;
  static final long CKA_PARAMETER_SET = 0x61d;

  static final long CKM_RSA_PKCS_KEY_PAIR_GEN = 0x0;
  static final long CKM_RSA_PKCS = 0x1;
  static final long CKM_RSA_X_509 = 0x3;
  static final long CKM_RSA_PKCS_OAEP = 0x9;
  static final long CKM_RSA_PKCS_PSS = 0xd;
  static final long CKM_ML_DSA_KEY_PAIR_GEN = 0x1c;
  static final long CKM_ML_DSA = 0x1d;
  static final long CKM_SLH_DSA_KEY_PAIR_GEN = 0x2d;
  static final long CKM_SLH_DSA = 0x2e;
  static final long CKM_SHA256 = 0x250;
  static final long CKM_SHA384 = 0x260;
  static final long CKM_EC_KEY_PAIR_GEN = 0x1040;
  static final long CKM_ECDSA = 0x1041;
  static final long CKM_EC_EDWARDS_KEY_PAIR_GEN = 0x1055;
  static final long CKM_EDDSA = 0x1057;

  static final long CKG_MGF1_SHA256 = 0x2;
  static final long CKG_MGF1_SHA384 = 0x3;
  static final long CKZ_DATA_SPECIFIED = 0x1;
  static final long CKP_ML_DSA_65 = 0x2;
  static final long CKP_ML_DSA_87 = 0x3;
  static final long CKP_SLH_DSA_SHA2_192S = 0x5;
  static final long CKP_SLH_DSA_SHA2_256S = 0x9;

  /** Bits of CK_TOKEN_INFO's flags. */
  static final long CKF_USER_PIN_INITIALIZED = 0x8;

  static final long CKF_CLOCK_ON_TOKEN = 0x40;
  static final long CKF_TOKEN_INITIALIZED = 0x400;
  static final long CKF_USER_PIN_COUNT_LOW = 0x10000;
  static final long CKF_USER_PIN_FINAL_TRY = 0x20000;
  static final long CKF_USER_PIN_LOCKED = 0x40000;
  static final long CKF_USER_PIN_TO_BE_CHANGED = 0x80000;

  private Ck() {}
}
