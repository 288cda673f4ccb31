package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A TBSCertList of version 2 (RFC 5280 §5.1), as far as policies look at it. Its entries are walked
 * through, not held.
 *
 * @param algorithm DER of the AlgorithmIdentifier
 * @param issuer DER of the Name
 */
record TbsCertList(
    Bytes algorithm,
    Bytes issuer,
    Instant thisUpdate,
    Instant nextUpdate,
    ExtensionList extensions) {
  private static final int EXTENSIONS = 0xa0;

  static TbsCertList read(byte[] octets) throws NotDer {
    StrictDer.check(octets);
    DerCursor tbs = new DerCursor(octets).into(DerCursor.SEQUENCE, "TBSCertList");
    if (!TbsCertificate.integer(tbs, "version").equals(BigInteger.ONE)) {
      throw new NotDer("only lists of version 2 are signed");
    }
    Bytes algorithm = TbsCertificate.sequence(tbs, "signature");
    Bytes issuer = TbsCertificate.sequence(tbs, "issuer");
    Instant thisUpdate = Times.next(tbs, "thisUpdate");
    if (tbs.peek() == DerCursor.SEQUENCE || tbs.peek() == EXTENSIONS) {
      throw new NotDer("nextUpdate is missing");
    }
    Instant nextUpdate = Times.next(tbs, "nextUpdate");
    if (tbs.peek() == DerCursor.SEQUENCE) {
      entries(tbs.into(DerCursor.SEQUENCE, "revokedCertificates"));
    }
    DerCursor wrapped = tbs.into(EXTENSIONS, "crlExtensions");
    ExtensionList extensions = ExtensionList.read(wrapped);
    wrapped.end();
    tbs.end();
    extensions.checkValues();
    return new TbsCertList(algorithm, issuer, thisUpdate, nextUpdate, extensions);
  }

  private static void entries(DerCursor entries) throws NotDer {
    if (!entries.hasMore()) {
      throw new NotDer("an empty list of revoked certificates must be left out");
    }
    while (entries.hasMore()) {
      DerCursor entry = entries.into(DerCursor.SEQUENCE, "revoked certificate");
      entry.next(DerCursor.INTEGER, "userCertificate");
      Times.next(entry, "revocationDate");
      if (entry.hasMore()) {
        ExtensionList.read(entry).checkValues();
      }
      entry.end();
    }
  }
}
