package de.kreissiegel.ca.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignFilesTest {
  private static X509CertificateHolder certificate;

  @TempDir private Path folder;
  private final Remarks remarks = new Remarks();
  private final List<ForeignCertificate> taken = new ArrayList<>();

  @BeforeAll
  static void issue() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=Old"),
            BigInteger.TEN,
            Date.from(Instant.now()),
            Date.from(Instant.now().plusSeconds(60)),
            new X500Name("CN=a\u0000b\u202ec"),
            pair.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "host.example dns:other.example"),
              new GeneralName(GeneralName.rfc822Name, "a@host.example"),
              new GeneralName(new X500Name("CN=elsewhere"))
            }));
    certificate =
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
  }

  @Test
  void readsPemDerAndBundlesInAnyDepth() throws Exception {
    byte[] der = certificate.getEncoded();
    String pem = pem("CERTIFICATE", der);
    Files.writeString(folder.resolve("newcert.pem"), "Certificate:\n  Data: …\n" + pem);
    Files.writeString(folder.resolve("two.pem"), pem("PRIVATE KEY", new byte[8]) + pem + pem);
    Files.write(folder.resolve("one.cer"), der);
    var bundle = new CMSSignedDataGenerator();
    bundle.addCertificate(certificate);
    byte[] pkcs7 = bundle.generate(new CMSAbsentContent()).getEncoded();
    Files.createDirectories(folder.resolve("deep/er"));
    Files.write(folder.resolve("deep/er/one.p7b"), pkcs7);
    Files.writeString(folder.resolve("deep/two.p7b"), pem("PKCS7", pkcs7));
    read();
    assertThat(taken).hasSize(6).allMatch(one -> one.serial().equals(BigInteger.TEN));
    assertThat(remarks.counts()).isEmpty();
  }

  @Test
  void whatOthersWroteIntoNamesDoesNoHarm() throws Exception {
    Files.write(folder.resolve("one.cer"), certificate.getEncoded());
    read();
    assertThat(taken.getFirst().subjectName()).doesNotContain("\u0000", "\u202e");
    assertThat(taken.getFirst().alternativeNames().split(" "))
        .as("a space begins no other name")
        .hasSize(2);
  }

  @Test
  void noOctetsBringItDown() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] der = certificate.getEncoded();
    for (int i = 0; i < 300; i++) {
      byte[] changed = der.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      Files.write(folder.resolve(i + ".cer"), changed);
      if (i % 10 == 0) {
        Files.writeString(
            folder.resolve(i + ".pem"),
            pem("CERTIFICATE", changed).replaceFirst("[A-Z]", i % 20 == 0 ? "*" : ""));
      }
    }
    read();
    assertThat(taken.size() + remarks.count(Remark.UNREADABLE)).as("seed " + seed).isPositive();
  }

  private void read() throws Exception {
    new ForeignFiles(
            remarks,
            (one, _) -> {
              taken.add(one);
              assertThat(one.hasWeakKey() | one.isSignedWeakly() | one.hasKeyIdentifier())
                  .isIn(true, false);
            })
        .read(folder);
  }

  private static String pem(String type, byte[] octets) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets), type);
  }
}
