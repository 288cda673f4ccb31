package de.kreissiegel.hsm.signing;

/** What can be asked to be signed. The vault parses each and signs nothing it can't read. */
public enum SignedStructure {
  /** A TBSCertificate (RFC 5280 §4.1). The journal keeps it whole. */
  CERTIFICATE(1),
  /** A TBSCertList (RFC 5280 §5.1). The journal keeps its digest. */
  CERTIFICATE_LIST(2),
  /** An OCSP ResponseData (RFC 6960 §4.2.1). The journal keeps its digest. */
  OCSP_RESPONSE(3),
  /** The head of an audit chain, {@link AuditHead}. The journal keeps it whole. */
  AUDIT_HEAD(4);

  private final int code;

  SignedStructure(int code) {
    this.code = code;
  }

  /** The number on the wire and in the journal; it never changes its meaning. */
  public int code() {
    return code;
  }

  /** Whether the journal keeps the octets that were signed, not their digest alone. */
  public boolean keptWhole() {
    return this == CERTIFICATE || this == AUDIT_HEAD;
  }

  /**
   * The structure with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SignedStructure ofCode(int code) {
    for (SignedStructure structure : values()) {
      if (structure.code == code) {
        return structure;
      }
    }
    throw new IllegalArgumentException("no structure has the number " + code);
  }
}
