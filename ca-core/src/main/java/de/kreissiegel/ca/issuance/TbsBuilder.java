package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.profile.ExtendedKeyUsage;
import de.kreissiegel.ca.profile.FixedExtension;
import de.kreissiegel.ca.profile.KeyUsageBit;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** From a draft to the octets that are signed (TBSCertificate, RFC 5280 §4.1). A pure function. */
final class TbsBuilder {
  private static final ASN1ObjectIdentifier WINDOWS_SID =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.25.2");

  private final StatusAddresses addresses;

  TbsBuilder(StatusAddresses addresses) {
    this.addresses = addresses;
  }

  Bytes build(CertificateDraft draft) {
    try {
      var tbs = new V3TBSCertificateGenerator();
      tbs.setSerialNumber(new ASN1Integer(draft.serial().value()));
      tbs.setSignature(AlgorithmIdentifier.getInstance(draft.signatureAlgorithm().toArray()));
      tbs.setIssuer(X500Name.getInstance(draft.authority().subjectName().toArray()));
      tbs.setStartDate(new Time(Date.from(draft.notBefore())));
      tbs.setEndDate(new Time(Date.from(draft.notAfter())));
      tbs.setSubject(SubjectNames.of(draft.subject(), draft.values(), draft.organization()));
      tbs.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(draft.key().info().toArray()));
      var extensions = new ExtensionsGenerator();
      addIdentity(extensions, draft);
      addUsage(extensions, draft);
      addStatus(extensions, draft);
      tbs.setExtensions(extensions.generate());
      return Bytes.of(tbs.generateTBSCertificate().getEncoded(ASN1Encoding.DER));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void addIdentity(ExtensionsGenerator extensions, CertificateDraft draft)
      throws IOException {
    extensions.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(draft.authority().subjectKeyIdentifier().toArray()));
    extensions.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new SubjectKeyIdentifier(keyIdentifier(draft.key().info())));
    Optional<GeneralNames> names = AlternativeNames.encoded(draft.alternativeNames());
    if (names.isPresent()) {
      extensions.addExtension(Extension.subjectAlternativeName, false, names.get());
    }
    Optional<String> sid =
        draft.alternativeNames().stream()
            .filter(name -> name.startsWith("uri:" + AlternativeNames.WINDOWS_SID))
            .map(name -> name.substring(("uri:" + AlternativeNames.WINDOWS_SID).length()))
            .findFirst();
    if (sid.isPresent()) {
      extensions.addExtension(WINDOWS_SID, false, windowsSid(sid.get()));
    }
    if (draft.directoryAttributes().isPresent()) {
      // RFC 5280 §4.2.1.8: never critical.
      extensions.addExtension(
          Extension.subjectDirectoryAttributes, false, draft.directoryAttributes().get().toArray());
    }
  }

  /** NTDS_CA_SECURITY_EXT: a GeneralName of the type NTDS_OBJECTSID (KB5014754). */
  private static DERSequence windowsSid(String sid) {
    return new DERSequence(
        new GeneralName(
            GeneralName.otherName,
            new OtherName(
                new ASN1ObjectIdentifier(WINDOWS_SID.getId() + ".1"),
                new DEROctetString(sid.getBytes(StandardCharsets.US_ASCII)))));
  }

  private static void addUsage(ExtensionsGenerator extensions, CertificateDraft draft)
      throws IOException {
    // TR-03116-4 §6.1.2: critical, and as narrow as can be.
    extensions.addExtension(
        Extension.keyUsage, true, keyUsage(draft.profile().keyUsage(draft.key().algorithm())));
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    var usages = draft.profile().extendedKeyUsages();
    extensions.addExtension(
        Extension.extendedKeyUsage,
        draft.profile().hasCriticalUsage(),
        new org.bouncycastle.asn1.x509.ExtendedKeyUsage(
            usages.stream()
                .map(usage -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(usage.oid())))
                .toArray(KeyPurposeId[]::new)));
    for (FixedExtension extension : draft.profile().fixedExtensions()) {
      extensions.addExtension(
          new ASN1ObjectIdentifier(extension.oid()),
          extension.critical(),
          extension.value().toArray());
    }
  }

  private void addStatus(ExtensionsGenerator extensions, CertificateDraft draft)
      throws IOException {
    var authority = draft.authority().name();
    var settings = draft.authority().lists();
    CrlName list =
        CrlName.of(authority, settings.partitionOf(draft.serial(), draft.organization()));
    extensions.addExtension(Extension.cRLDistributionPoints, false, at(addresses.crl(list)));
    if (settings.delta().isPresent()) {
      extensions.addExtension(Extension.freshestCRL, false, at(addresses.crl(list.asDelta())));
    }
    boolean responder = draft.profile().extendedKeyUsages().contains(ExtendedKeyUsage.OCSP_SIGNING);
    var access = new ASN1EncodableVector();
    if (responder) {
      // RFC 6960 §4.2.2.2.1: nobody asks a responder about itself.
      extensions.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
    } else {
      access.add(new AccessDescription(AccessDescription.id_ad_ocsp, uri(addresses.ocsp())));
    }
    access.add(
        new AccessDescription(
            AccessDescription.id_ad_caIssuers, uri(addresses.caCertificate(authority))));
    extensions.addExtension(
        Extension.authorityInfoAccess,
        false,
        AuthorityInformationAccess.getInstance(new DERSequence(access)));
  }

  private static CRLDistPoint at(URI address) {
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(
              new DistributionPointName(new GeneralNames(uri(address))), null, null)
        });
  }

  private static KeyUsage keyUsage(Set<KeyUsageBit> bits) {
    int flags = 0;
    for (KeyUsageBit bit : bits) {
      flags |=
          switch (bit) {
            case DIGITAL_SIGNATURE -> KeyUsage.digitalSignature;
            case NON_REPUDIATION -> KeyUsage.nonRepudiation;
            case KEY_ENCIPHERMENT -> KeyUsage.keyEncipherment;
            case KEY_AGREEMENT -> KeyUsage.keyAgreement;
          };
    }
    return new KeyUsage(flags);
  }

  /** The leftmost 160 bits of the SHA-256 of the key's bits (RFC 7093 §2, method 1). */
  static byte[] keyIdentifier(Bytes publicKeyInfo) {
    byte[] bits =
        SubjectPublicKeyInfo.getInstance(publicKeyInfo.toArray()).getPublicKeyData().getOctets();
    return Arrays.copyOf(Bytes.of(bits).sha256().toArray(), 20);
  }

  private static GeneralName uri(URI address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address.toString());
  }
}
