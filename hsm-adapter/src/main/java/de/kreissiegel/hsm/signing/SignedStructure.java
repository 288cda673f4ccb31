package de.kreissiegel.hsm.signing;

/** What can be asked to be signed. The vault parses each and signs nothing it can't read. */
public enum SignedStructure {
  /** A TBSCertificate (RFC 5280 §4.1). The journal keeps it whole. */
  CERTIFICATE(1, true),
  /** A TBSCertList (RFC 5280 §5.1). The journal keeps its header and digest. */
  CERTIFICATE_LIST(2, false),
  /** An OCSP ResponseData (RFC 6960 §4.2.1). The journal counts it and keeps its digest. */
  OCSP_RESPONSE(3, false),
  /** The head of an audit chain, {@link AuditHead}. The journal keeps it whole. */
  AUDIT_HEAD(4, true),
  /** The text of a key's policy, signed in a ceremony. The journal keeps it whole. */
  KEY_POLICY(5, true),
  /** What a ceremony did, as its record says. The journal keeps it whole. */
  CEREMONY_RECORD(6, true),
  /** A CertificationRequestInfo for an external superior (RFC 2986 §4.1). Kept whole. */
  CERTIFICATION_REQUEST(7, true),
  /** The signed attributes of a time-stamp token (RFC 3161 §2.4.2). Kept whole. */
  TIME_STAMP(8, true),
  /** The signed attributes of a CMS SignedData (RFC 5652 §5.4). Kept whole. */
  CMS_ATTRIBUTES(9, true),
  /** The vault's own receipt for a key or a content that it released, {@link ReleaseRequest}. */
  RELEASE_RECEIPT(10, true),
  /** What of the journal is to be erased, ordered in a ceremony. The journal keeps it whole. */
  ERASURE_ORDER(11, true);

  private final int code;
  private final boolean keptWhole;

  SignedStructure(int code, boolean keptWhole) {
    this.code = code;
    this.keptWhole = keptWhole;
  }

  /** The number on the wire and in the journal; it never changes its meaning. */
  public int code() {
    return code;
  }

  /** Whether the journal keeps the octets that were signed, not their digest alone. */
  public boolean keptWhole() {
    return keptWhole;
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
