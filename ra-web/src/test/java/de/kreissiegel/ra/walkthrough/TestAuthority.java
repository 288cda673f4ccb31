package de.kreissiegel.ra.walkthrough;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of the tests' own, made by Bouncy Castle alone. */
record TestAuthority(X509Certificate certificate, KeyPair keys, String base, String name) {
  private static final SecureRandom RANDOM = new SecureRandom();

  static TestAuthority root(String base) throws Exception {
    var keys = newKeys();
    var name = new X500Principal("CN=Test Root");
    var builder = builder(name, keys.getPublic(), name);
    asAuthority(builder);
    return new TestAuthority(finish(builder, keys), keys, base, "root");
  }

  TestAuthority under(String commonName, String shortName) throws Exception {
    var keys = newKeys();
    var builder = builder(subject(), keys.getPublic(), new X500Principal("CN=" + commonName));
    asAuthority(builder);
    addresses(builder);
    return new TestAuthority(finish(builder, this.keys), keys, base, shortName);
  }

  X509Certificate leaf(String subject, PublicKey key) throws Exception {
    var builder = builder(subject(), key, new X500Principal(subject));
    addresses(builder);
    return finish(builder, keys);
  }

  X509Certificate server(String host, PublicKey key) throws Exception {
    var builder = builder(subject(), key, new X500Principal("CN=" + host));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    return finish(builder, keys);
  }

  X509Certificate client(String login, PublicKey key) throws Exception {
    return finish(builder(subject(), key, new X500Principal("CN=" + login)), keys);
  }

  X509Certificate responder(PublicKey key, KeyPurposeId purpose) throws Exception {
    var builder = builder(subject(), key, new X500Principal("CN=Test OCSP"));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
    return finish(builder, keys);
  }

  byte[] crl(Map<BigInteger, Integer> revoked, Instant thisUpdate, Duration validity)
      throws Exception {
    var builder = new JcaX509v2CRLBuilder(certificate, Date.from(thisUpdate));
    builder.setNextUpdate(Date.from(thisUpdate.plus(validity)));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
    builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.TEN));
    revoked.forEach((serial, reason) -> builder.addCRLEntry(serial, Date.from(thisUpdate), reason));
    return builder.build(signer(keys)).getEncoded();
  }

  static KeyPair newKeys() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  static ContentSigner signer(KeyPair keys) throws Exception {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
  }

  private X500Principal subject() {
    return certificate.getSubjectX500Principal();
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer, PublicKey key, X500Principal subject) {
    var now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(100, RANDOM).setBit(99),
        Date.from(now.minusSeconds(60)),
        Date.from(now.plus(Duration.ofDays(1))),
        subject,
        key);
  }

  private static void asAuthority(JcaX509v3CertificateBuilder builder) throws Exception {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  private void addresses(JcaX509v3CertificateBuilder builder) throws Exception {
    var list = new GeneralNames(uri("/crl/" + name + ".crl"));
    builder.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(new DistributionPointName(list), null, null)
            }));
    builder.addExtension(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(
            new AccessDescription[] {
              new AccessDescription(X509ObjectIdentifiers.ocspAccessMethod, uri("/ocsp")),
              new AccessDescription(
                  X509ObjectIdentifiers.crlAccessMethod, uri("/ca/" + name + ".cer"))
            }));
  }

  private GeneralName uri(String path) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, base + path);
  }

  private static X509Certificate finish(JcaX509v3CertificateBuilder builder, KeyPair issuer)
      throws Exception {
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer(issuer)));
  }
}
