package de.kreissiegel.ca.profile;

/** The extended key usages that a profile can name. */
public enum ExtendedKeyUsage {
  /** RFC 5280 §4.2.1.12. */
  SERVER_AUTH("serverAuth", "1.3.6.1.5.5.7.3.1"),
  /** RFC 5280 §4.2.1.12. */
  CLIENT_AUTH("clientAuth", "1.3.6.1.5.5.7.3.2"),
  /** RFC 5280 §4.2.1.12. */
  EMAIL_PROTECTION("emailProtection", "1.3.6.1.5.5.7.3.4"),
  /** RFC 5280 §4.2.1.12; RFC 3161 §2.3. */
  TIME_STAMPING("timeStamping", "1.3.6.1.5.5.7.3.8"),
  /** RFC 5280 §4.2.1.12 names those of RFC 4334 §2: 802.1X. */
  EAP_OVER_LAN("eapOverLAN", "1.3.6.1.5.5.7.3.14"),
  /** Log-in to a Windows domain. */
  SMARTCARD_LOGON("smartcardLogon", "1.3.6.1.4.1.311.20.2.2"),
  /** RFC 6960 §4.2.2.2. */
  OCSP_SIGNING("OCSPSigning", "1.3.6.1.5.5.7.3.9"),
  /** RFC 4945 §5.1.3.12. */
  IPSEC_IKE("ipsecIKE", "1.3.6.1.5.5.7.3.17"),
  /** RFC 9336. */
  DOCUMENT_SIGNING("documentSigning", "1.3.6.1.5.5.7.3.36");

  private final String configName;
  private final String oid;

  ExtendedKeyUsage(String configName, String oid) {
    this.configName = configName;
    this.oid = oid;
  }

  /** Its name in profiles. */
  public String configName() {
    return configName;
  }

  /** Its object identifier, in dotted form. */
  public String oid() {
    return oid;
  }
}
