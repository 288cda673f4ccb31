package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList.CRLEntry;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** A certificate revocation list as others have it (RFC 5280 §5). */
final class PublishedList {
  private final CertificateList list;

  private PublishedList(CertificateList list) {
    this.list = list;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PublishedList read(Bytes octets) {
    try {
      return new PublishedList(CertificateList.getInstance(der(octets.toArray())));
    } catch (IOException | DecoderException | IllegalArgumentException notOne) {
      throw new IllegalArgumentException("not a certificate revocation list", notOne);
    }
  }

  private static byte[] der(byte[] octets) throws IOException {
    if (octets.length == 0 || octets[0] != '-') {
      return octets;
    }
    try (var reader =
        new PemReader(new java.io.StringReader(new String(octets, StandardCharsets.US_ASCII)))) {
      PemObject object = reader.readPemObject();
      if (object == null || !object.getType().equals("X509 CRL")) {
        throw new IOException("no X509 CRL");
      }
      return object.getContent();
    }
  }

  Instant thisUpdate() {
    return list.getThisUpdate().getDate().toInstant();
  }

  /**
   * Its CRLNumber (RFC 5280 §5.2.3).
   *
   * @throws IllegalArgumentException if it has more than 63 bits
   */
  Optional<Long> number() {
    return integer(Extension.cRLNumber);
  }

  /** Of a delta list, the number of the full one that it changes (RFC 5280 §5.2.4). */
  Optional<Long> base() {
    return integer(Extension.deltaCRLIndicator);
  }

  /** Of which of the authority's certificates it tells; 0 of those that have no partition. */
  Optional<Integer> partition(AuthorityName authority) {
    Extensions extensions = list.getTBSCertList().getExtensions();
    Extension point =
        extensions == null ? null : extensions.getExtension(Extension.issuingDistributionPoint);
    return point == null
        ? Optional.of(0)
        : CrlName.partitionIn(authority, Bytes.of(point.getExtnValue().getOctets()));
  }

  private Optional<Long> integer(ASN1ObjectIdentifier extension) {
    var value =
        Extensions.getExtensionParsedValue(list.getTBSCertList().getExtensions(), extension);
    try {
      return Optional.ofNullable(value)
          .map(one -> ASN1Integer.getInstance(one).getValue().longValueExact());
    } catch (ArithmeticException large) {
      throw new IllegalArgumentException("a list with too large a number", large);
    }
  }

  boolean isSignedBy(Authority authority) {
    try {
      var certificate = new X509CertificateHolder(authority.certificate().toArray());
      return certificate.getSubject().equals(list.getIssuer())
          && new X509CRLHolder(list)
              .isSignatureValid(
                  new JcaContentVerifierProviderBuilder()
                      .setProvider(new BouncyCastleProvider())
                      .build(certificate));
    } catch (IOException
        | OperatorCreationException
        | CertException
        | java.security.cert.CertificateException unreadable) {
      return false;
    }
  }

  /**
   * Tells its entries; of a delta list, those that were taken off are left out.
   *
   * @throws IllegalArgumentException if an entry is none
   */
  void each(BiConsumer<SerialNumber, CertificateStatus> entries) {
    Enumeration<?> all = list.getRevokedCertificateEnumeration();
    while (all.hasMoreElements()) {
      CRLEntry entry = (CRLEntry) all.nextElement();
      status(entry)
          .ifPresent(
              status ->
                  entries.accept(
                      new SerialNumber(entry.getUserCertificate().getPositiveValue()), status));
    }
  }

  private static Optional<CertificateStatus> status(CRLEntry entry) {
    Instant since = entry.getRevocationDate().getDate().toInstant();
    return switch (reason(entry.getExtensions())) {
      case REMOVE_FROM_CRL -> Optional.empty();
      case CERTIFICATE_HOLD -> Optional.of(new CertificateStatus.OnHold(since));
      case RevocationReason reason ->
          Optional.of(
              new CertificateStatus.Revoked(since, reason, invalidSince(entry.getExtensions())));
    };
  }

  private static RevocationReason reason(Extensions extensions) {
    var code = Extensions.getExtensionParsedValue(extensions, Extension.reasonCode);
    return code == null
        ? RevocationReason.UNSPECIFIED
        : RevocationReason.ofCode(ASN1Enumerated.getInstance(code).intValueExact());
  }

  private static Optional<Instant> invalidSince(Extensions extensions) {
    var date = Extensions.getExtensionParsedValue(extensions, Extension.invalidityDate);
    if (date == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ASN1GeneralizedTime.getInstance(date).getDate()).map(Date::toInstant);
    } catch (java.text.ParseException notOne) {
      throw new IllegalArgumentException("an invalidityDate that is no date", notOne);
    }
  }
}
