package de.kreissiegel.ca.x509;

/** CRLReason (RFC 5280 §5.3.1). */
public enum RevocationReason {
  UNSPECIFIED(0, "unspecified"),
  KEY_COMPROMISE(1, "keyCompromise"),
  CA_COMPROMISE(2, "cACompromise"),
  AFFILIATION_CHANGED(3, "affiliationChanged"),
  SUPERSEDED(4, "superseded"),
  CESSATION_OF_OPERATION(5, "cessationOfOperation"),
  CERTIFICATE_HOLD(6, "certificateHold"),
  /** Only in delta CRLs, for a hold that was released; nobody can ask for it. */
  REMOVE_FROM_CRL(8, "removeFromCRL"),
  PRIVILEGE_WITHDRAWN(9, "privilegeWithdrawn"),
  AA_COMPROMISE(10, "aACompromise");

  private final int code;
  private final String asn1Name;

  RevocationReason(int code, String asn1Name) {
    this.code = code;
    this.asn1Name = asn1Name;
  }

  /** The ENUMERATED value. */
  public int code() {
    return code;
  }

  /** The name in RFC 5280, which the API speaks. */
  public String asn1Name() {
    return asn1Name;
  }

  /**
   * The reason with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RevocationReason ofCode(int code) {
    for (RevocationReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    throw new IllegalArgumentException("no CRLReason has the number " + code);
  }

  /**
   * The reason with this RFC 5280 name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RevocationReason ofName(String asn1Name) {
    for (RevocationReason reason : values()) {
      if (reason.asn1Name.equals(asn1Name)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("no CRLReason has the name " + asn1Name);
  }
}
