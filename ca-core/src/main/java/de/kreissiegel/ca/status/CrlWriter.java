package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.inventory.CertificateBook.RevokedEntry;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.Time;

/**
 * Writes a full CRL of version 2 (RFC 5280 §5). Entries become octets as they come: a million of
 * them are 50 megabytes here, and a gigabyte and more as objects.
 */
final class CrlWriter {
  /** SEQUENCE { SEQUENCE { id-ce-cRLReasons, OCTET STRING { ENUMERATED n } } }, n to be set. */
  private static final byte[] REASON = {
    0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01, 0x00
  };

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private int count;

  /** Adds an entry; they are to come in order of their serial numbers. */
  void add(RevokedEntry entry) {
    Instant since;
    RevocationReason reason;
    switch (entry.status()) {
      case CertificateStatus.OnHold held -> {
        since = held.since();
        reason = RevocationReason.CERTIFICATE_HOLD;
      }
      case CertificateStatus.Revoked revoked -> {
        since = revoked.since();
        reason = revoked.reason();
      }
      case CertificateStatus.Good _ ->
          throw new IllegalArgumentException(entry.serial() + " is not revoked");
    }
    byte[] serial = entry.serial().value().toByteArray();
    byte[] date = time(since);
    boolean withReason = reason != RevocationReason.UNSPECIFIED;
    Der.head(entries, SEQUENCE, 2 + serial.length + date.length + (withReason ? REASON.length : 0));
    Der.head(entries, INTEGER, serial.length);
    entries.writeBytes(serial);
    entries.writeBytes(date);
    if (withReason) {
      entries.write(REASON, 0, REASON.length - 1);
      entries.write(reason.code());
    }
    count++;
  }

  int count() {
    return count;
  }

  /** The TBSCertList, DER. */
  byte[] toBeSigned(
      Authority authority,
      AlgorithmIdentifier algorithm,
      long number,
      Instant thisUpdate,
      Instant nextUpdate) {
    return Der.wrap(
        SEQUENCE,
        Der.of(new ASN1Integer(1)), // v2
        Der.of(algorithm),
        authority.subjectName().toArray(),
        time(thisUpdate),
        time(nextUpdate),
        count == 0 ? new byte[0] : Der.wrap(SEQUENCE, entries.toByteArray()),
        Der.wrap(0xa0, Der.of(extensions(authority, number))));
  }

  /** The CertificateList around what was signed, DER. */
  static Bytes signed(byte[] toBeSigned, AlgorithmIdentifier algorithm, Bytes signature) {
    return Bytes.of(
        Der.wrap(
            SEQUENCE,
            toBeSigned,
            Der.of(algorithm),
            Der.of(new DERBitString(signature.toArray()))));
  }

  private static Extensions extensions(Authority authority, long number) {
    Certificate certificate = Certificate.getInstance(authority.certificate().toArray());
    SubjectKeyIdentifier key =
        SubjectKeyIdentifier.fromExtensions(certificate.getTBSCertificate().getExtensions());
    if (key == null) {
      throw new IllegalStateException(authority.name() + " has no subjectKeyIdentifier");
    }
    return new Extensions(
        new Extension[] {
          new Extension(
              Extension.authorityKeyIdentifier,
              false,
              Der.of(new AuthorityKeyIdentifier(key.getKeyIdentifier()))),
          new Extension(
              Extension.cRLNumber, false, Der.of(new ASN1Integer(BigInteger.valueOf(number))))
        });
  }

  /** UTCTime until 2049, GeneralizedTime from then on (RFC 5280 §5.1.2.4). */
  private static byte[] time(Instant instant) {
    return Der.of(new Time(Date.from(instant)));
  }
}
