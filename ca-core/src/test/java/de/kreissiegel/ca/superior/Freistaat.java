package de.kreissiegel.ca.superior;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root and an authority under it that aren't ours, and one of ours under these. */
final class Freistaat {
  static final AuthorityName PEOPLE = new AuthorityName("people");
  static final AuthorityName POLICY = new AuthorityName("people-superior-1");
  static final AuthorityName ROOT = new AuthorityName("people-superior-2");

  private static final X500Name ROOT_NAME = new X500Name("CN=Freistaat Root,C=DE");
  private static final X500Name POLICY_NAME = new X500Name("CN=Freistaat CA,C=DE");
  private static final Duration YEAR = Duration.ofDays(365);

  private final KeyPair rootKey;
  private final KeyPair policyKey;
  private final X509CertificateHolder root;
  private final X509CertificateHolder policy;
  private final X509CertificateHolder own;
  private final Instant now;

  /**
   * @param server where the lists are, as {@code http://127.0.0.1:1234}
   */
  Freistaat(Instant now, String server) throws Exception {
    this.now = now;
    rootKey = pair();
    policyKey = pair();
    root = issue(ROOT_NAME, rootKey, ROOT_NAME, rootKey, 2, 4);
    policy = issue(ROOT_NAME, rootKey, POLICY_NAME, policyKey, 1, 3, server + "/root.crl");
    own =
        issue(
            POLICY_NAME,
            policyKey,
            new X500Name("CN=Personen CA,O=Landkreis,C=DE"),
            pair(),
            0,
            2,
            "ldap://ldap.example/cn=crl",
            server + "/policy.crl");
  }

  BigInteger ownSerial() {
    return own.getSerialNumber();
  }

  BigInteger policySerial() {
    return policy.getSerialNumber();
  }

  void writeTo(Path folder) throws Exception {
    AuthorityFiles.write(
        folder,
        List.of(
            new AuthorityFiles.Member(
                PEOPLE,
                new KeyId("people"),
                Optional.of(new KeyId("ocsp-people")),
                encoded(own),
                CrlSettings.USUAL,
                AuthorityFiles.Standing.first(PEOPLE, PolicySet.RFC5280),
                Map.of(),
                List.of(
                    new Superior(POLICY, encoded(policy), Optional.empty()),
                    new Superior(ROOT, encoded(root), Optional.empty())))),
        Map.of());
  }

  /** A list of the authority right above ours, to be finished. */
  Draft policyList(Instant thisUpdate) throws Exception {
    return new Draft(POLICY_NAME, policyKey, thisUpdate);
  }

  Draft rootList(Instant thisUpdate) throws Exception {
    return new Draft(ROOT_NAME, rootKey, thisUpdate);
  }

  /** A CRL that is being made. */
  static final class Draft {
    private final X509v2CRLBuilder list;
    private final KeyPair by;

    private Draft(X500Name issuer, KeyPair by, Instant thisUpdate) throws Exception {
      this.list = new X509v2CRLBuilder(issuer, Date.from(thisUpdate));
      this.by = by;
      until(thisUpdate.plus(Duration.ofDays(30)));
      list.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(by.getPublic()));
    }

    Draft until(Instant nextUpdate) {
      list.setNextUpdate(Date.from(nextUpdate));
      return this;
    }

    Draft number(long number) throws Exception {
      return with(Extension.cRLNumber, false, new ASN1Integer(number));
    }

    Draft revoked(BigInteger serial, Instant since) {
      list.addCRLEntry(serial, Date.from(since), CRLReason.cACompromise);
      return this;
    }

    Draft with(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) throws Exception {
      list.addExtension(id, critical, value);
      return this;
    }

    byte[] signed() throws Exception {
      return list.build(new JcaContentSignerBuilder("SHA384withECDSA").build(by.getPrivate()))
          .getEncoded();
    }
  }

  private X509CertificateHolder issue(
      X500Name issuer,
      KeyPair by,
      X500Name subject,
      KeyPair of,
      int pathLength,
      int years,
      String... lists)
      throws Exception {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plus(YEAR.multipliedBy(years))),
            subject,
            of.getPublic());
    var identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        identifiers.createSubjectKeyIdentifier(of.getPublic()));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        identifiers.createAuthorityKeyIdentifier(by.getPublic()));
    if (lists.length > 0) {
      builder.addExtension(Extension.cRLDistributionPoints, false, points(lists));
    }
    return builder.build(new JcaContentSignerBuilder("SHA384withECDSA").build(by.getPrivate()));
  }

  private static CRLDistPoint points(String... lists) {
    return new CRLDistPoint(
        Arrays.stream(lists)
            .map(one -> new DistributionPoint(pointName(one), null, null))
            .toArray(DistributionPoint[]::new));
  }

  static DistributionPointName pointName(String address) {
    return new DistributionPointName(
        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address)));
  }

  private static Bytes encoded(X509CertificateHolder certificate) throws Exception {
    return Bytes.of(certificate.getEncoded());
  }

  private static KeyPair pair() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(384);
    return generator.generateKeyPair();
  }
}
