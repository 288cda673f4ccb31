package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root and an authority under it, with keys in memory: certificates that browsers can pack. */
final class SampleAuthority {
  private final Instant now;
  private final KeyPair rootKey = key("secp384r1");
  private final KeyPair devicesKey = key("secp384r1");
  private final Bytes root;
  private final Bytes devices;

  SampleAuthority(Instant now) {
    this.now = now;
    var rootName = "CN=DEMO Landkreis Hassberge Root CA,O=Landkreis,C=DE";
    var devicesName = "CN=DEMO Landkreis Hassberge Devices CA,O=Landkreis,C=DE";
    root = sign(rootName, rootKey, rootName, info(rootKey), BigInteger.ONE, 1, "");
    devices = sign(rootName, rootKey, devicesName, info(devicesKey), BigInteger.TWO, 0, "");
  }

  List<Authority> authorities() {
    return List.of(
        authority("root", root, List.of()), authority("devices", devices, List.of(root)));
  }

  /** An end entity's certificate, DER. */
  Bytes issue(String commonName, String mail, SubjectPublicKeyInfo key, BigInteger serial) {
    var issuer = "CN=DEMO Landkreis Hassberge Devices CA,O=Landkreis,C=DE";
    return sign(issuer, devicesKey, name(commonName), key, serial, -1, mail);
  }

  /** A server's certificate, DER. */
  Bytes issueServer(String dns, SubjectPublicKeyInfo key, BigInteger serial) {
    try {
      var builder =
          new X509v3CertificateBuilder(
              new X500Name("CN=DEMO Landkreis Hassberge Devices CA,O=Landkreis,C=DE"),
              serial,
              Date.from(now.minus(Duration.ofMinutes(5))),
              Date.from(now.plus(Duration.ofDays(365))),
              new X500Name("CN=" + dns + ",O=Landkreis,C=DE"),
              key);
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, dns)));
      var signer = new JcaContentSignerBuilder("SHA384withECDSA").build(devicesKey.getPrivate());
      return Bytes.of(builder.build(signer).getEncoded());
    } catch (java.io.IOException | org.bouncycastle.operator.OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  static String name(String commonName) {
    return "CN=" + commonName + ",O=Stadt Haßfurt,C=DE";
  }

  static SubjectPublicKeyInfo newKey() {
    return info(key("secp256r1"));
  }

  private Authority authority(String name, Bytes certificate, List<Bytes> chain) {
    try {
      var holder = new org.bouncycastle.cert.X509CertificateHolder(certificate.toArray());
      return new Authority(
          new AuthorityName(name),
          certificate,
          chain,
          new KeyId(name),
          Optional.empty(),
          Bytes.of(holder.getSubject().getEncoded()),
          Bytes.of(new byte[20]),
          holder.getNotAfter().toInstant());
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Bytes sign(
      String issuer,
      KeyPair issuerKey,
      String subject,
      SubjectPublicKeyInfo key,
      BigInteger serial,
      int pathLength,
      String mail) {
    try {
      var builder =
          new X509v3CertificateBuilder(
              new X500Name(issuer),
              serial,
              Date.from(now.minus(Duration.ofMinutes(5))),
              Date.from(now.plus(Duration.ofDays(pathLength < 0 ? 365 : 3650))),
              new X500Name(subject),
              key);
      if (pathLength >= 0) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
        builder.addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      } else {
        leaf(builder, mail);
      }
      var signer = new JcaContentSignerBuilder("SHA384withECDSA").build(issuerKey.getPrivate());
      return Bytes.of(builder.build(signer).getEncoded());
    } catch (java.io.IOException | org.bouncycastle.operator.OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void leaf(X509v3CertificateBuilder builder, String mail)
      throws java.io.IOException {
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.rfc822Name, mail)));
    builder.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(
                  new DistributionPointName(
                      new GeneralNames(uri("http://pki.example/crl/devices.crl"))),
                  null,
                  null)
            }));
    builder.addExtension(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(
            org.bouncycastle.asn1.x509.AccessDescription.id_ad_ocsp,
            uri("http://pki.example/ocsp")));
  }

  private static GeneralName uri(String address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address);
  }

  private static SubjectPublicKeyInfo info(KeyPair pair) {
    return SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
  }

  private static KeyPair key(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
