package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/** The certificate of an OCSP responder, as the plan of the rehearsals allows it. */
final class ResponderCertificate {
  private static final String ADDRESS = "http://pki.hassberge.example";

  private final TBSCertificate signed;

  /**
   * For a key of the vault.
   *
   * @param authority its name in the addresses
   * @param algorithm the authority's, AlgorithmIdentifier
   * @param key the responder's, SubjectPublicKeyInfo
   */
  ResponderCertificate(String authority, X509Certificate issuer, Bytes algorithm, Bytes key)
      throws Exception {
    Instant now = Clock.systemUTC().instant();
    var tbs = new V3TBSCertificateGenerator();
    tbs.setSerialNumber(new ASN1Integer(new BigInteger(126, new SecureRandom()).setBit(126)));
    tbs.setSignature(AlgorithmIdentifier.getInstance(algorithm.toArray()));
    tbs.setIssuer(X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()));
    tbs.setStartDate(new Time(Date.from(now)));
    tbs.setEndDate(new Time(Date.from(now.plus(Duration.ofDays(20)))));
    tbs.setSubject(
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.C, new DERPrintableString("DE"))
            .addRDN(BCStyle.O, new DERUTF8String("Landkreis Haßberge"))
            .addRDN(BCStyle.CN, new DERUTF8String("OCSP-Auskunft (Personen)"))
            .addRDN(BCStyle.SERIALNUMBER, new DERPrintableString("0123456789"))
            .build());
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(key.toArray());
    tbs.setSubjectPublicKeyInfo(info);
    tbs.setExtensions(extensions(authority, issuer, info).generate());
    signed = tbs.generateTBSCertificate();
  }

  private static ExtensionsGenerator extensions(
      String authority, X509Certificate issuer, SubjectPublicKeyInfo info) throws Exception {
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(
            SubjectKeyIdentifier.getInstance(
                    JcaX509ExtensionUtils.parseExtensionValue(
                        issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId())))
                .getKeyIdentifier()));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(info.getPublicKeyData().getOctets());
    extensions.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(Arrays.copyOf(hash, 20)));
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    extensions.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
    extensions.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(
                  new DistributionPointName(new GeneralNames(uri("/crl/" + authority + ".crl"))),
                  null,
                  null)
            }));
    extensions.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
    extensions.addExtension(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(
            AccessDescription.id_ad_caIssuers, uri("/ca/" + authority + ".cer")));
    return extensions;
  }

  private static GeneralName uri(String path) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, ADDRESS + path);
  }

  /** TBSCertificate, DER. */
  Bytes toBeSigned() throws Exception {
    return Bytes.of(signed.getEncoded("DER"));
  }

  /** Certificate, DER. */
  byte[] with(Bytes signature) throws Exception {
    var parts = new ASN1EncodableVector();
    parts.add(signed);
    parts.add(signed.getSignature());
    parts.add(new DERBitString(signature.toArray()));
    return new DERSequence(parts).getEncoded("DER");
  }
}
