package de.kreissiegel.ca.lint;

import java.util.List;
import java.util.Optional;

/** A TBSCertificate (RFC 5280 §4.1) as a stranger reads it. */
final class CertificateReading {
  /** Nothing that we sign comes near it. */
  static final int LONGEST = 256 * 1024;

  private final int version;
  private final Der serial;
  private final Der signature;
  private final ReadName issuer;
  private final ReadTime notBefore;
  private final ReadTime notAfter;
  private final ReadName subject;
  private final ReadKey key;
  private final boolean uniqueIds;
  private final ReadExtensions extensions;

  private CertificateReading(Der tbs) throws Malformed {
    List<Der> parts = tbs.children(Der.SEQUENCE);
    int at = 0;
    if (tbs.child(0).contextTag() == 0) {
      version = tbs.child(0).child(0).integer().intValueExact() + 1;
      at = 1;
    } else {
      version = 1;
    }
    serial = tbs.child(at).as(Der.INTEGER);
    signature = tbs.child(at + 1).as(Der.SEQUENCE);
    signature.child(0).as(Der.OID);
    issuer = ReadName.of(tbs.child(at + 2));
    Der validity = tbs.child(at + 3).as(Der.SEQUENCE);
    notBefore = ReadTime.of(validity.child(0));
    notAfter = ReadTime.of(validity.child(1));
    subject = ReadName.of(tbs.child(at + 4));
    key = ReadKey.of(tbs.child(at + 5));
    boolean ids = false;
    Optional<Der> last = Optional.empty();
    for (Der part : parts.subList(at + 6, parts.size())) {
      switch (part.contextTag()) {
        case 1, 2 -> ids = true;
        case 3 -> last = Optional.of(part.child(0));
        default -> throw new Malformed("a part that no TBSCertificate has");
      }
    }
    uniqueIds = ids;
    extensions = last.isPresent() ? ReadExtensions.of(last.get()) : ReadExtensions.none();
  }

  /**
   * Reads it.
   *
   * @throws Malformed if it is none
   */
  static CertificateReading of(byte[] octets) throws Malformed {
    if (octets.length > LONGEST) {
      throw new Malformed("longer than " + LONGEST + " octets");
    }
    return of(Der.read(octets));
  }

  static CertificateReading of(Der tbs) throws Malformed {
    try {
      return new CertificateReading(tbs);
    } catch (ArithmeticException huge) {
      throw new Malformed("a version that is none");
    }
  }

  /** 1 to 3, or what it says. */
  int version() {
    return version;
  }

  /** INTEGER. */
  Der serial() {
    return serial;
  }

  /** AlgorithmIdentifier of the signature to come. */
  Der signature() {
    return signature;
  }

  /** The algorithm of the signature to come, in dotted form. */
  String signatureAlgorithm() {
    try {
      return signature.child(0).oid();
    } catch (Malformed impossible) {
      throw new IllegalStateException(impossible); // the constructor has seen it
    }
  }

  ReadName issuer() {
    return issuer;
  }

  ReadTime notBefore() {
    return notBefore;
  }

  ReadTime notAfter() {
    return notAfter;
  }

  ReadName subject() {
    return subject;
  }

  ReadKey key() {
    return key;
  }

  /** Whether it has an issuerUniqueID or a subjectUniqueID. */
  boolean hasUniqueIds() {
    return uniqueIds;
  }

  ReadExtensions extensions() {
    return extensions;
  }
}
