package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A TBSCertificate of version 3 (RFC 5280 §4.1), as far as policies look at it.
 *
 * @param serial as encoded; may be negative
 * @param algorithm DER of the AlgorithmIdentifier
 * @param issuer DER of the Name
 * @param subject DER of the Name
 * @param publicKey DER of the SubjectPublicKeyInfo
 */
record TbsCertificate(
    BigInteger serial,
    Bytes algorithm,
    Bytes issuer,
    Instant notBefore,
    Instant notAfter,
    Bytes subject,
    Bytes publicKey,
    ExtensionList extensions) {
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;

  static TbsCertificate read(byte[] octets) throws NotDer {
    StrictDer.check(octets);
    DerCursor tbs = new DerCursor(octets).into(DerCursor.SEQUENCE, "TBSCertificate");
    DerCursor version = tbs.into(VERSION, "version");
    if (!integer(version, "version").equals(BigInteger.TWO)) {
      throw new NotDer("only certificates of version 3 are signed");
    }
    version.end();
    BigInteger serial = integer(tbs, "serialNumber");
    Bytes algorithm = sequence(tbs, "signature");
    Bytes issuer = sequence(tbs, "issuer");
    DerCursor validity = tbs.into(DerCursor.SEQUENCE, "validity");
    Instant notBefore = Times.next(validity, "notBefore");
    Instant notAfter = Times.next(validity, "notAfter");
    validity.end();
    Bytes subject = sequence(tbs, "subject");
    Bytes publicKey = sequence(tbs, "subjectPublicKeyInfo");
    ExtensionList extensions = ExtensionList.none();
    if (tbs.hasMore()) {
      DerCursor wrapped = tbs.into(EXTENSIONS, "extensions");
      extensions = ExtensionList.read(wrapped);
      wrapped.end();
    }
    tbs.end();
    extensions.checkValues();
    return new TbsCertificate(
        serial, algorithm, issuer, notBefore, notAfter, subject, publicKey, extensions);
  }

  static BigInteger integer(DerCursor cursor, String what) throws NotDer {
    return new BigInteger(cursor.content(cursor.next(DerCursor.INTEGER, what)));
  }

  static Bytes sequence(DerCursor cursor, String what) throws NotDer {
    return Bytes.of(cursor.whole(cursor.next(DerCursor.SEQUENCE, what)));
  }
}
