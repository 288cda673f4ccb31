package de.kreissiegel.ra.ceremony;

import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A foreign authority as one finds them: RSA, self-signed, small serial numbers, oddities. */
final class ForeignHouse {
  static final BigInteger GOOD = BigInteger.valueOf(0x1001);
  static final BigInteger REVOKED = BigInteger.valueOf(0x1002);
  static final BigInteger HELD = BigInteger.valueOf(0x1003);
  static final BigInteger LOST = BigInteger.valueOf(0x1004);
  static final long LIST_NUMBER = 41;
  static final char[] PASSWORD = "alt und kurz".toCharArray();

  final X509Certificate certificate;
  final Instant bad;
  private final X500Name name = new X500Name("CN=Alte CA,O=Stadt Hassfurt,C=DE");
  private final KeyPair key = rsa(2048);
  private final Instant now;

  ForeignHouse(Instant now) throws Exception {
    this.now = now;
    this.bad = now.minus(Duration.ofDays(30));
    this.certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                sign("SHA256withRSA", BigInteger.ONE, name, key, Duration.ofDays(900), true, ""));
  }

  Path pkcs12(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("ca", key.getPrivate(), PASSWORD, new Certificate[] {certificate});
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }

  X509CertificateHolder issue(BigInteger serial, String mail) throws Exception {
    return sign(
        "SHA256withRSA",
        serial,
        new X500Name("CN=Jörg Müller " + serial.bitLength() + ",O=Stadt Hassfurt,C=DE"),
        rsa(2048),
        Duration.ofDays(400),
        false,
        mail);
  }

  /** RSA-1024, SHA-1, no key identifier. */
  X509CertificateHolder weak(BigInteger serial) throws Exception {
    return sign(
        "SHA1withRSA",
        serial,
        new X500Name("CN=drucker"),
        rsa(1024),
        Duration.ofDays(400),
        false,
        "");
  }

  /** What it left: certificates as they were issued, among them what can't be taken. */
  Path certificates(Path folder) throws Exception {
    Files.createDirectories(folder);
    write(folder.resolve("1.pem"), issue(GOOD, "joerg.mueller@stadt-hassfurt.example"));
    write(
        folder.resolve("2.pem"),
        issue(REVOKED, "petra@stadt-ebern.example"),
        issue(HELD, "otto@elsewhere.example"));
    Files.write(folder.resolve("3.der"), weak(BigInteger.valueOf(0x1005)).getEncoded());
    write(folder.resolve("4.pem"), issue(BigInteger.valueOf(-7), ""));
    write(folder.resolve("5.pem"), issue(BigInteger.ONE.shiftLeft(200), ""));
    write(folder.resolve("6.pem"), issue(GOOD, "another@stadt-hassfurt.example"));
    write(folder.resolve("7.pem"), new ForeignHouse(now).issue(BigInteger.TEN, ""));
    Files.write(folder.resolve("8.bin"), new byte[] {0x30, 0x03, 1, 2, 3});
    return folder;
  }

  Path list(Path file, long number, BigInteger... more) throws Exception {
    var list = new X509v2CRLBuilder(name, Date.from(now.minusSeconds(60)));
    list.setNextUpdate(Date.from(now.plus(Duration.ofDays(7))));
    var compromised = new ExtensionsGenerator();
    compromised.addExtension(
        Extension.reasonCode, false, CRLReason.lookup(CRLReason.keyCompromise));
    compromised.addExtension(
        Extension.invalidityDate, false, new ASN1GeneralizedTime(Date.from(bad)));
    list.addCRLEntry(REVOKED, Date.from(now.minus(Duration.ofDays(9))), compromised.generate());
    list.addCRLEntry(HELD, Date.from(now.minus(Duration.ofDays(8))), CRLReason.certificateHold);
    list.addCRLEntry(LOST, Date.from(now.minus(Duration.ofDays(7))), CRLReason.superseded);
    list.addCRLEntry(BigInteger.valueOf(-9), Date.from(now.minus(Duration.ofDays(7))), 0);
    for (BigInteger serial : more) {
      list.addCRLEntry(serial, Date.from(now.minus(Duration.ofDays(1))), CRLReason.superseded);
    }
    list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
    Files.write(
        file,
        list.build(new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate()))
            .getEncoded());
    return file;
  }

  private X509CertificateHolder sign(
      String algorithm,
      BigInteger serial,
      X500Name subject,
      KeyPair subjectKey,
      Duration validity,
      boolean authority,
      String mail)
      throws Exception {
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            serial,
            Date.from(now.minus(Duration.ofDays(100))),
            Date.from(now.plus(validity)),
            subject,
            subjectKey.getPublic());
    if (authority) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    if (!mail.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.rfc822Name, mail)));
    }
    return builder.build(new JcaContentSignerBuilder(algorithm).build(key.getPrivate()));
  }

  static void write(Path file, X509CertificateHolder... certificates) throws Exception {
    try (var writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
      for (X509CertificateHolder one : certificates) {
        writer.writeObject(one);
      }
    }
  }

  private static KeyPair rsa(int bits) throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }
}
