package de.kreissiegel.hsm.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The words that policy files have for object identifiers. */
public final class ObjectNames {
  public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  public static final String KEY_USAGE = "2.5.29.15";
  public static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
  public static final String BASIC_CONSTRAINTS = "2.5.29.19";
  public static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
  public static final String FRESHEST_CRL = "2.5.29.46";
  public static final String CERTIFICATE_POLICIES = "2.5.29.32";
  public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  public static final String AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
  public static final String OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";

  /** Microsoft's extension with a Windows account's security identifier (KB5014754). */
  public static final String WINDOWS_SID = WindowsSid.EXTENSION;

  public static final String COMMON_NAME = "2.5.4.3";
  public static final String SERIAL_NUMBER = "2.5.4.5";
  public static final String COUNTRY = "2.5.4.6";
  public static final String ORGANIZATION = "2.5.4.10";
  public static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  private static final Pattern DOTTED = Pattern.compile("[0-2](\\.(0|[1-9]\\d{0,38})){1,30}");

  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("subjectDirectoryAttributes", "2.5.29.9"),
          Map.entry("subjectKeyIdentifier", SUBJECT_KEY_IDENTIFIER),
          Map.entry("keyUsage", KEY_USAGE),
          Map.entry("subjectAltName", SUBJECT_ALTERNATIVE_NAME),
          Map.entry("basicConstraints", BASIC_CONSTRAINTS),
          Map.entry("nameConstraints", "2.5.29.30"),
          Map.entry("cRLDistributionPoints", CRL_DISTRIBUTION_POINTS),
          Map.entry("certificatePolicies", CERTIFICATE_POLICIES),
          Map.entry("authorityKeyIdentifier", AUTHORITY_KEY_IDENTIFIER),
          Map.entry("policyConstraints", "2.5.29.36"),
          Map.entry("extKeyUsage", EXTENDED_KEY_USAGE),
          Map.entry("freshestCRL", FRESHEST_CRL),
          Map.entry("inhibitAnyPolicy", "2.5.29.54"),
          Map.entry("authorityInfoAccess", AUTHORITY_INFO_ACCESS),
          Map.entry("qcStatements", "1.3.6.1.5.5.7.1.3"),
          Map.entry("tlsFeature", "1.3.6.1.5.5.7.1.24"),
          Map.entry("smimeCapabilities", "1.2.840.113549.1.9.15"),
          Map.entry("ocsp-nocheck", OCSP_NO_CHECK));
  private static final Map<String, String> USAGES =
      Map.ofEntries(
          Map.entry("anyExtendedKeyUsage", "2.5.29.37.0"),
          Map.entry("serverAuth", SERVER_AUTH),
          Map.entry("clientAuth", "1.3.6.1.5.5.7.3.2"),
          Map.entry("codeSigning", "1.3.6.1.5.5.7.3.3"),
          Map.entry("emailProtection", "1.3.6.1.5.5.7.3.4"),
          Map.entry("timeStamping", "1.3.6.1.5.5.7.3.8"),
          Map.entry("OCSPSigning", OCSP_SIGNING),
          Map.entry("eapOverLAN", "1.3.6.1.5.5.7.3.14"),
          Map.entry("ipsecIKE", "1.3.6.1.5.5.7.3.17"),
          Map.entry("cmcRA", "1.3.6.1.5.5.7.3.28"),
          Map.entry("documentSigning", "1.3.6.1.5.5.7.3.36"),
          Map.entry("smartcardLogon", "1.3.6.1.4.1.311.20.2.2"));
  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("CN", COMMON_NAME),
          Map.entry("SN", "2.5.4.4"),
          Map.entry("serialNumber", SERIAL_NUMBER),
          Map.entry("C", COUNTRY),
          Map.entry("L", "2.5.4.7"),
          Map.entry("ST", "2.5.4.8"),
          Map.entry("street", "2.5.4.9"),
          Map.entry("O", ORGANIZATION),
          Map.entry("OU", "2.5.4.11"),
          Map.entry("title", "2.5.4.12"),
          Map.entry("GN", "2.5.4.42"),
          Map.entry("pseudonym", "2.5.4.65"),
          Map.entry("organizationIdentifier", "2.5.4.97"),
          Map.entry("emailAddress", EMAIL_ADDRESS),
          Map.entry("UID", "0.9.2342.19200300.100.1.1"),
          Map.entry("DC", "0.9.2342.19200300.100.1.25"));
  private static final Map<String, String> EXTENSION_WORDS = inverse(EXTENSIONS);
  private static final Map<String, String> USAGE_WORDS = inverse(USAGES);
  private static final Map<String, String> ATTRIBUTE_WORDS = inverse(ATTRIBUTES);

  private ObjectNames() {}

  static String extension(String word) {
    return identifier(EXTENSIONS, word);
  }

  static String extensionWord(String identifier) {
    return EXTENSION_WORDS.getOrDefault(identifier, identifier);
  }

  static String usage(String word) {
    return identifier(USAGES, word);
  }

  static String usageWord(String identifier) {
    return USAGE_WORDS.getOrDefault(identifier, identifier);
  }

  static String attribute(String word) {
    return identifier(ATTRIBUTES, word);
  }

  static String attributeWord(String identifier) {
    return ATTRIBUTE_WORDS.getOrDefault(identifier, identifier);
  }

  /** An object identifier in dotted form; IllegalArgumentException if it isn't one. */
  static String dotted(String identifier) {
    if (!DOTTED.matcher(identifier).matches()) {
      throw new IllegalArgumentException("no object identifier is called " + identifier);
    }
    return identifier;
  }

  private static String identifier(Map<String, String> words, String word) {
    String known = words.get(word);
    return known == null ? dotted(word) : known;
  }

  private static Map<String, String> inverse(Map<String, String> words) {
    Map<String, String> inverse = new HashMap<>();
    words.forEach((word, identifier) -> inverse.put(identifier, word));
    return Map.copyOf(inverse);
  }
}
