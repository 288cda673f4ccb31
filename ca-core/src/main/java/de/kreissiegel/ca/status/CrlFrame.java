package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * All of a list of version 2 but its entries (RFC 5280 §5.1, §5.2).
 *
 * @param authority who signs it
 * @param algorithm of its signature
 * @param number its CRLNumber
 * @param base of a delta, the number of the full list that it changes
 * @param thisUpdate when it is made
 * @param nextUpdate when the next one is there at the latest
 * @param place where it is, if it tells of a part of the certificates only
 * @param freshest where its delta is, if there is one
 * @param expiredSince since when certificates that have expired stay on it, if they do
 */
record CrlFrame(
    Authority authority,
    AlgorithmIdentifier algorithm,
    long number,
    Optional<Long> base,
    Instant thisUpdate,
    Instant nextUpdate,
    Optional<String> place,
    Optional<String> freshest,
    Optional<Instant> expiredSince) {
  private static final int SEQUENCE = 0x30;
  private static final int EXTENSIONS = 0xa0;
  private static final ASN1ObjectIdentifier EXPIRED_CERTS_ON_CRL =
      new ASN1ObjectIdentifier("2.5.29.60");

  /**
   * The TBSCertList's octets before and behind its entries.
   *
   * @param entries how many octets those are
   */
  CrlBook.Around around(long entries) {
    byte[] fields =
        Der.joined(
            Der.of(new ASN1Integer(1)), // v2
            Der.of(algorithm),
            authority.subjectName().toArray(),
            DerTime.of(thisUpdate),
            DerTime.of(nextUpdate));
    byte[] inner = entries == 0 ? new byte[0] : Der.head(SEQUENCE, entries);
    byte[] behind = Der.wrap(EXTENSIONS, Der.of(extensions()));
    long length = fields.length + inner.length + entries + behind.length;
    return new CrlBook.Around(Der.joined(Der.head(SEQUENCE, length), fields, inner), behind);
  }

  /** The CertificateList's octets before and behind what was signed. */
  static CrlBook.Around signed(long toBeSigned, AlgorithmIdentifier algorithm, Bytes signature) {
    byte[] behind = Der.joined(Der.of(algorithm), Der.of(new DERBitString(signature.toArray())));
    return new CrlBook.Around(Der.head(SEQUENCE, toBeSigned + behind.length), behind);
  }

  private Extensions extensions() {
    List<Extension> all = new ArrayList<>();
    all.add(
        extension(
            Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier())));
    all.add(extension(Extension.cRLNumber, false, integer(number)));
    base.ifPresent(
        changed -> all.add(extension(Extension.deltaCRLIndicator, true, integer(changed))));
    place.ifPresent(
        address ->
            all.add(
                extension(
                    Extension.issuingDistributionPoint,
                    true,
                    new IssuingDistributionPoint(at(address), false, false, null, false, false))));
    freshest.ifPresent(
        address ->
            all.add(
                extension(
                    Extension.freshestCRL,
                    false,
                    new CRLDistPoint(
                        new DistributionPoint[] {
                          new DistributionPoint(at(address), null, null)
                        }))));
    expiredSince.ifPresent(
        since ->
            all.add(extension(EXPIRED_CERTS_ON_CRL, false, primitive(DerTime.generalized(since)))));
    return Extensions.getInstance(new DERSequence(all.toArray(ASN1Encodable[]::new)));
  }

  /** A foreign authority's certificate may have none; then what the hierarchy tells for it. */
  private byte[] keyIdentifier() {
    SubjectKeyIdentifier told =
        SubjectKeyIdentifier.getInstance(
            Extensions.getExtensionParsedValue(
                Certificate.getInstance(authority.certificate().toArray())
                    .getTBSCertificate()
                    .getExtensions(),
                Extension.subjectKeyIdentifier));
    return told == null ? authority.subjectKeyIdentifier().toArray() : told.getKeyIdentifier();
  }

  private static DistributionPointName at(String address) {
    return new DistributionPointName(
        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address)));
  }

  private static ASN1Integer integer(long value) {
    return new ASN1Integer(BigInteger.valueOf(value));
  }

  private static ASN1Primitive primitive(byte[] octets) {
    try {
      return ASN1Primitive.fromByteArray(octets);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Extension extension(
      ASN1ObjectIdentifier identifier, boolean critical, ASN1Encodable value) {
    return new Extension(identifier, critical, Der.of(value));
  }
}
