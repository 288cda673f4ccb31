package de.kreissiegel.ca.takeover;

import de.kreissiegel.ca.ceremony.RootListCeremony;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList.CRLEntry;

/** What a foreign authority's newest lists say together: full ones, and deltas to them. */
final class ForeignList {
  /** Numbers of ours go on behind it, and have to fit. */
  private static final int NUMBER_BITS = 62;

  private final X509Certificate authority;
  private final Remarks remarks;
  private final Map<BigInteger, CertificateStatus> entries = new HashMap<>();
  private Optional<Long> number = Optional.empty();
  private Instant begin = Instant.MIN;
  private Bytes newest = Bytes.of(new byte[0]);

  ForeignList(X509Certificate authority, Remarks remarks) {
    this.authority = authority;
    this.remarks = remarks;
  }

  /** Takes one in; full ones first, deltas in the order in which they were made. */
  void add(Bytes list) throws TakeoverRefused {
    CertificateList read = read(list);
    if (!RootListCeremony.isSignedBy(list, authority)) {
      throw new TakeoverRefused(
          "the CRL of %s is not signed by the authority's key".formatted(read.getIssuer()));
    }
    Extensions extensions = read.getTBSCertList().getExtensions();
    Optional<Long> its = number(extensions);
    number = its.isPresent() && its.get() > number.orElse(-1L) ? its : number;
    Instant made = read.getThisUpdate().getDate().toInstant();
    if (!made.isBefore(begin)) {
      begin = made;
      newest = list;
    }
    try {
      Enumeration<?> all = read.getRevokedCertificateEnumeration();
      while (all.hasMoreElements()) {
        entry((CRLEntry) all.nextElement());
      }
    } catch (RuntimeException malformed) {
      throw new TakeoverRefused("an entry of the CRL can't be read");
    }
  }

  private static CertificateList read(Bytes list) throws TakeoverRefused {
    try {
      return CertificateList.getInstance(list.toArray());
    } catch (IllegalArgumentException notOne) {
      throw new TakeoverRefused("a file holds no CRL");
    }
  }

  private static Optional<Long> number(Extensions extensions) throws TakeoverRefused {
    ASN1Encodable value = Extensions.getExtensionParsedValue(extensions, Extension.cRLNumber);
    if (value == null) {
      return Optional.empty();
    }
    BigInteger number = ASN1Integer.getInstance(value).getValue();
    if (number.signum() < 0 || number.bitLength() > NUMBER_BITS) {
      throw new TakeoverRefused(
          "the CRL has the number %s, behind which ours can't go on".formatted(number));
    }
    return Optional.of(number.longValueExact());
  }

  private void entry(CRLEntry entry) {
    BigInteger serial = entry.getUserCertificate().getValue();
    if (serial.signum() <= 0 || serial.bitLength() > ForeignCertificate.SERIAL_BITS) {
      remarks.add(Remark.ENTRY_SERIAL, serial.toString(16));
      return;
    }
    Optional<CertificateStatus> status = status(entry, serial);
    if (status.isPresent()) {
      entries.put(serial, status.get());
    } else {
      entries.remove(serial); // a delta says that it is good again
    }
  }

  private Optional<CertificateStatus> status(CRLEntry entry, BigInteger serial) {
    Instant since = entry.getRevocationDate().getDate().toInstant();
    return switch (reason(entry.getExtensions(), serial)) {
      case REMOVE_FROM_CRL -> Optional.empty();
      case CERTIFICATE_HOLD -> Optional.of(new CertificateStatus.OnHold(since));
      case RevocationReason reason ->
          Optional.of(
              new CertificateStatus.Revoked(since, reason, invalidSince(entry.getExtensions())));
    };
  }

  private RevocationReason reason(Extensions extensions, BigInteger serial) {
    try {
      ASN1Encodable code = Extensions.getExtensionParsedValue(extensions, Extension.reasonCode);
      return code == null
          ? RevocationReason.UNSPECIFIED
          : RevocationReason.ofCode(ASN1Enumerated.getInstance(code).intValueExact());
    } catch (IllegalArgumentException | ArithmeticException unknown) {
      remarks.add(Remark.REASON, serial.toString(16));
      return RevocationReason.UNSPECIFIED;
    }
  }

  private static Optional<Instant> invalidSince(Extensions extensions) {
    try {
      ASN1Encodable date = Extensions.getExtensionParsedValue(extensions, Extension.invalidityDate);
      return date == null
          ? Optional.empty()
          : Optional.of(ASN1GeneralizedTime.getInstance(date).getDate().toInstant());
    } catch (ParseException | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** Adds what an index says beside the lists; what those say counts. */
  void addUnlessListed(BigInteger serial, CertificateStatus status) {
    entries.putIfAbsent(serial, status);
  }

  Map<BigInteger, CertificateStatus> entries() {
    return entries;
  }

  /** The highest CRLNumber (RFC 5280 §5.2.3). */
  Optional<Long> number() {
    return number;
  }

  Instant begin() {
    return begin;
  }

  Bytes newest() {
    return newest;
  }
}
