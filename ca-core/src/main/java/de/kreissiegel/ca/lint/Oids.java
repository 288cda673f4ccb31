package de.kreissiegel.ca.lint;

/** Object identifiers, in dotted form, by the names that their standards give them. */
final class Oids {
  // Attributes of names (RFC 5280 A.1, X.520, RFC 4519).
  static final String CN = "2.5.4.3";
  static final String SERIAL_NUMBER = "2.5.4.5";
  static final String C = "2.5.4.6";
  static final String O = "2.5.4.10";
  static final String DN_QUALIFIER = "2.5.4.46";
  static final String DC = "0.9.2342.19200300.100.1.25";
  static final String EMAIL = "1.2.840.113549.1.9.1";

  // Extensions (RFC 5280 §4.2).
  static final String SUBJECT_DIRECTORY_ATTRIBUTES = "2.5.29.9";
  static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  static final String KEY_USAGE = "2.5.29.15";
  static final String PRIVATE_KEY_USAGE_PERIOD = "2.5.29.16";
  static final String SUBJECT_ALT_NAME = "2.5.29.17";
  static final String ISSUER_ALT_NAME = "2.5.29.18";
  static final String BASIC_CONSTRAINTS = "2.5.29.19";
  static final String NAME_CONSTRAINTS = "2.5.29.30";
  static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
  static final String CERTIFICATE_POLICIES = "2.5.29.32";
  static final String POLICY_MAPPINGS = "2.5.29.33";
  static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  static final String POLICY_CONSTRAINTS = "2.5.29.36";
  static final String EXT_KEY_USAGE = "2.5.29.37";
  static final String FRESHEST_CRL = "2.5.29.46";
  static final String INHIBIT_ANY_POLICY = "2.5.29.54";
  static final String AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
  static final String QC_STATEMENTS = "1.3.6.1.5.5.7.1.3";
  static final String SUBJECT_INFO_ACCESS = "1.3.6.1.5.5.7.1.11";
  static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";
  static final String OCSP_NOCHECK = "1.3.6.1.5.5.7.48.1.5";
  static final String SMIME_CAPABILITIES = "1.2.840.113549.1.9.15";
  static final String MS_SID = "1.3.6.1.4.1.311.25.2";

  static final String AD_OCSP = "1.3.6.1.5.5.7.48.1";
  static final String AD_CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
  static final String ANY_POLICY = "2.5.29.32.0";
  static final String QUALIFIER_CPS = "1.3.6.1.5.5.7.2.1";
  static final String QUALIFIER_NOTICE = "1.3.6.1.5.5.7.2.2";

  // Extended key usages (RFC 5280 §4.2.1.12 and others).
  static final String ANY_USAGE = "2.5.29.37.0";
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
  static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
  static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
  static final String IPSEC_IKE = "1.3.6.1.5.5.7.3.17";
  static final String DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";
  static final String SMARTCARD_LOGON = "1.3.6.1.4.1.311.20.2.2";

  // Other names.
  static final String UPN = "1.3.6.1.4.1.311.20.2.3";
  static final String SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

  // Keys and signatures.
  static final String RSA = "1.2.840.113549.1.1.1";
  static final String RSA_OAEP = "1.2.840.113549.1.1.7";
  static final String RSA_PSS = "1.2.840.113549.1.1.10";
  static final String MGF1 = "1.2.840.113549.1.1.8";
  static final String EC = "1.2.840.10045.2.1";
  static final String X25519 = "1.3.101.110";
  static final String X448 = "1.3.101.111";
  static final String ED25519 = "1.3.101.112";
  static final String ED448 = "1.3.101.113";
  static final String ML_DSA_44 = "2.16.840.1.101.3.4.3.17";
  static final String ML_DSA_65 = "2.16.840.1.101.3.4.3.18";
  static final String ML_DSA_87 = "2.16.840.1.101.3.4.3.19";
  static final String ML_KEM_512 = "2.16.840.1.101.3.4.4.1";
  static final String ML_KEM_768 = "2.16.840.1.101.3.4.4.2";
  static final String ML_KEM_1024 = "2.16.840.1.101.3.4.4.3";

  private Oids() {}
}
