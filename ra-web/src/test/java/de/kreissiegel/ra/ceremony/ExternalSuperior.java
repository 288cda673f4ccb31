package de.kreissiegel.ra.ceremony;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** A root and an authority under it that are not ours, as the Verwaltungs-PKI's. */
final class ExternalSuperior {
  private static final X500Name ROOT = new X500Name("CN=PROBE Freistaat Root,O=Freistaat,C=DE");
  private static final X500Name POLICY = new X500Name("CN=PROBE Freistaat CA,O=Freistaat,C=DE");

  private final KeyPair rootKey = pair();
  private final KeyPair policyKey = pair();
  private final Instant now;
  final X509CertificateHolder root;
  final X509CertificateHolder policy;

  /** Both valid for so long. */
  ExternalSuperior(Instant now, Duration validity) throws Exception {
    this(now, validity, -1, 1);
  }

  /** With these path lengths; the root's negative for any. */
  ExternalSuperior(Instant now, Duration validity, int rootLength, int pathLength)
      throws Exception {
    this.now = now;
    root = issue(ROOT, rootKey, ROOT, key(rootKey), validity, rootLength);
    policy = issue(ROOT, rootKey, POLICY, key(policyKey), validity, pathLength);
  }

  /** Certifies the key of a request, as its name asks. */
  X509CertificateHolder certify(Path request, Duration validity) throws Exception {
    try (var parser = new PEMParser(Files.newBufferedReader(request))) {
      var asked = (PKCS10CertificationRequest) parser.readObject();
      return issue(
          POLICY, policyKey, asked.getSubject(), asked.getSubjectPublicKeyInfo(), validity, 0);
    }
  }

  /** What it sends back: all of them, in no order. */
  Path chain(Path file, X509CertificateHolder own) throws Exception {
    try (var writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
      for (X509CertificateHolder one : new X509CertificateHolder[] {root, own, policy}) {
        writer.writeObject(one);
      }
    }
    return file;
  }

  /** The list of what the policy authority has revoked. */
  X509CRLHolder policyList(Instant thisUpdate, BigInteger... revoked) throws Exception {
    return list(POLICY, policyKey, thisUpdate, revoked);
  }

  X509CRLHolder rootList(Instant thisUpdate) throws Exception {
    return list(ROOT, rootKey, thisUpdate);
  }

  private static X509CRLHolder list(
      X500Name issuer, KeyPair by, Instant thisUpdate, BigInteger... revoked) throws Exception {
    var list = new X509v2CRLBuilder(issuer, Date.from(thisUpdate));
    list.setNextUpdate(Date.from(thisUpdate.plus(Duration.ofDays(30))));
    for (BigInteger serial : revoked) {
      list.addCRLEntry(serial, Date.from(thisUpdate), CRLReason.cACompromise);
    }
    list.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(by.getPublic()));
    return list.build(new JcaContentSignerBuilder("SHA384withECDSA").build(by.getPrivate()));
  }

  /** Its key identifiers are SHA-1, as most authorities' are; the vault's own are not. */
  private X509CertificateHolder issue(
      X500Name issuer,
      KeyPair by,
      X500Name subject,
      SubjectPublicKeyInfo key,
      Duration validity,
      int pathLength)
      throws Exception {
    var builder =
        new X509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plus(validity)),
            subject,
            key);
    builder.addExtension(
        Extension.basicConstraints,
        true,
        pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    var identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        identifiers.createAuthorityKeyIdentifier(by.getPublic()));
    builder.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(
                  new DistributionPointName(new GeneralNames(uri("freistaat.crl"))), null, null)
            }));
    builder.addExtension(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, uri("freistaat.cer")));
    return builder.build(new JcaContentSignerBuilder("SHA384withECDSA").build(by.getPrivate()));
  }

  private static GeneralName uri(String file) {
    return new GeneralName(
        GeneralName.uniformResourceIdentifier, "http://freistaat.example/" + file);
  }

  private static SubjectPublicKeyInfo key(KeyPair pair) {
    return SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(384);
      return generator.generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
