package de.kreissiegel.ra.validation;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
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
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root for tests and two authorities under it, each with an OCSP responder's certificate. */
final class TestHierarchy {
  static final AuthorityName PEOPLE = new AuthorityName("people");
  static final AuthorityName DEVICES = new AuthorityName("devices");

  private final TestVault vault;
  private final Instant now;
  private final X500Name rootName = new X500Name("CN=DEMO Root,O=Test,C=DE");
  private final KeyPair rootPair;
  final Bytes root;
  final Node people;
  final Node devices;

  /** An authority, its key and its responder's certificate. */
  record Node(Authority authority, X500Name name, KeyPair pair, Bytes responder) {}

  TestHierarchy(TestVault vault, Instant now) {
    this.vault = vault;
    this.now = now;
    this.rootPair = vault.make("root", "secp384r1");
    this.root = certificate(rootName, rootPair, rootName, rootPair.getPublic(), 1, "ca");
    this.people = node(PEOPLE, 100);
    this.devices = node(DEVICES, 200);
  }

  private Node node(AuthorityName name, int serial) {
    KeyPair pair = vault.make(name.value(), "secp384r1");
    KeyPair ocsp = vault.make("ocsp-" + name, "secp256r1");
    X500Name dn = new X500Name("CN=DEMO " + name + ",O=Test,C=DE");
    Bytes own = certificate(rootName, rootPair, dn, pair.getPublic(), serial, "ca");
    Bytes responder =
        certificate(dn, pair, responderName(name), ocsp.getPublic(), serial + 1, "ocsp");
    Authority authority =
        new Authority(
            name,
            own,
            List.of(root),
            new KeyId(name.value()),
            Optional.of(new KeyId("ocsp-" + name)),
            der(dn),
            Bytes.of(new byte[] {1}),
            now.plus(Duration.ofDays(3000)));
    return new Node(authority, dn, pair, responder);
  }

  private static X500Name responderName(AuthorityName authority) {
    return new X500Name("CN=DEMO OCSP " + authority);
  }

  /** A certificate of a responder whose key lies elsewhere. */
  Bytes responder(Node issuer, SerialNumber serial, PublicKey key) {
    return certificate(
        issuer.name(),
        issuer.pair(),
        responderName(issuer.authority().name()),
        key,
        serial.value(),
        "ocsp");
  }

  /** A certificate of an end entity. */
  Bytes leaf(Node issuer, SerialNumber serial) {
    PublicKey key = vault.make("leaf", "secp256r1").getPublic();
    return certificate(
        issuer.name(),
        issuer.pair(),
        new X500Name("CN=Leaf " + serial),
        key,
        serial.value(),
        "leaf");
  }

  /** The same, which says where its full list and its delta are. */
  Bytes leaf(Node issuer, SerialNumber serial, URI full, URI delta) {
    PublicKey key = vault.make("leaf", "secp256r1").getPublic();
    try {
      return certificate(
          issuer.name(),
          issuer.pair(),
          new X500Name("CN=Leaf " + serial),
          key,
          serial.value(),
          "leaf",
          new Extension(Extension.cRLDistributionPoints, false, at(full).getEncoded()),
          new Extension(Extension.freshestCRL, false, at(delta).getEncoded()));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static CRLDistPoint at(URI address) {
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(
              new DistributionPointName(
                  new GeneralNames(
                      new GeneralName(GeneralName.uniformResourceIdentifier, address.toString()))),
              null,
              null)
        });
  }

  private Bytes certificate(
      X500Name issuer, KeyPair by, X500Name subject, PublicKey key, int serial, String kind) {
    return certificate(issuer, by, subject, key, BigInteger.valueOf(serial), kind);
  }

  private Bytes certificate(
      X500Name issuer,
      KeyPair by,
      X500Name subject,
      PublicKey key,
      BigInteger serial,
      String kind,
      Extension... more) {
    try {
      var utils = new JcaX509ExtensionUtils();
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              serial,
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(Duration.ofDays(3000))),
              subject,
              key);
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          utils.createAuthorityKeyIdentifier(by.getPublic()));
      boolean ca = kind.equals("ca");
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(key));
      builder.addExtension(
          Extension.basicConstraints,
          true,
          ca ? new BasicConstraints(1) : new BasicConstraints(false));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
      if (kind.equals("ocsp")) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
        builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
      }
      for (Extension one : more) {
        builder.addExtension(one);
      }
      return Bytes.of(
          builder
              .build(new JcaContentSignerBuilder("SHA384withECDSA").build(by.getPrivate()))
              .getEncoded());
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Bytes der(ASN1Encodable value) {
    try {
      return Bytes.of(value.toASN1Primitive().getEncoded("DER"));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
