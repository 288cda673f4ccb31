package de.kreissiegel.ca.inventory;

import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class CertificateFilesTest {
  @Test
  void writesFormsThatTheJdkReads() throws Exception {
    Bytes root = certificate("root");
    Bytes issuer = certificate("issuer");
    Bytes leaf = certificate("leaf");
    var authority =
        new Authority(
            PEOPLE,
            issuer,
            List.of(root),
            new KeyId("people"),
            Optional.empty(),
            Bytes.of(new byte[0]),
            Bytes.of(new byte[0]),
            NOW);
    var files = new CertificateFiles(new AuthorityCatalog(List.of(authority), Map.of()));
    StoredCertificate stored = SampleCertificate.sample().encoded(leaf).build();

    assertThat(read(files.pem(stored).getBytes(StandardCharsets.US_ASCII))).containsExactly("leaf");
    assertThat(read(files.chainPem(stored).getBytes(StandardCharsets.US_ASCII)))
        .containsExactly("leaf", "issuer", "root");
    assertThat(read(files.chainPkcs7(stored).toArray()))
        .containsExactlyInAnyOrder("leaf", "issuer", "root");
    assertThat(files.chainPem(stored).lines()).allMatch(line -> line.length() <= 64);
  }

  private static List<String> read(byte[] file) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(file))
        .stream()
        .map(one -> ((X509Certificate) one).getSubjectX500Principal().getName())
        .map(name -> name.substring("CN=".length()))
        .toList();
  }

  private static Bytes certificate(String name) throws Exception {
    var pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var subject = new X500Name("CN=" + name);
    return Bytes.of(
        new JcaX509v3CertificateBuilder(
                subject,
                BigInteger.ONE,
                Date.from(NOW),
                Date.from(NOW.plus(Duration.ofDays(1))),
                subject,
                pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA384withECDSA").build(pair.getPrivate()))
            .getEncoded());
  }
}
