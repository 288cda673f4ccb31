package de.kreissiegel.ra.tls;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.house.MovableClock;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;

class WebServerCertificateTest {
  private static final Duration LIFE = Duration.ofDays(90);

  private final MovableClock clock = new MovableClock();
  private final Root root = new Root("CN=DEMO Root 1");
  private int issued;
  @TempDir Path home;
  private Path folder = Path.of("");

  @BeforeEach
  void isNotThereYet() {
    folder = home.resolve("web");
  }

  @Test
  void makesOneAtFirstForItsOwnerAlone() throws Exception {
    var bundle = of(root, "pki.example").current();
    assertThat(issued).isOne();
    var store = bundle.getStores().getKeyStore();
    assertThat(store).isNotNull();
    assertThat(store.getKey("web", new char[0])).isNotNull();
    assertThat(shown(bundle).getSubjectAlternativeNames()).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void keepsWhatIsGoodOverARestart() throws Exception {
    var first = shown(of(root, "pki.example").current());
    clock.forward(Duration.ofDays(59));
    var restarted = of(root, "pki.example");
    assertThat(shown(restarted.current())).isEqualTo(first);
    assertThat(restarted.renewIfDue()).isEmpty();
    assertThat(issued).isOne();
  }

  @Test
  void renewsAfterTwoThirdsOfItsLife() throws Exception {
    var certificate = of(root, "pki.example");
    var first = shown(certificate.current());
    clock.forward(Duration.ofDays(60).minusSeconds(1));
    assertThat(certificate.renewIfDue()).isEmpty();
    clock.forward(Duration.ofSeconds(1));
    var second = shown(certificate.renewIfDue().orElseThrow());
    assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
    assertThat(certificate.renewIfDue()).isEmpty();
    assertThat(shown(certificate.current())).isEqualTo(second);
  }

  @Test
  void makesANewOneWhereTheLastHasEndedWhileNobodyLooked() throws Exception {
    var first = shown(of(root, "pki.example").current());
    clock.forward(Duration.ofDays(200));
    assertThat(first.getNotAfter()).isBefore(Date.from(clock.instant()));
    var second = shown(of(root, "pki.example").current());
    assertThat(second.getNotAfter()).isAfter(Date.from(clock.instant()));
    assertThat(issued).isEqualTo(2);
  }

  @Test
  void makesANewOneForOtherNames() throws Exception {
    of(root, "pki.example").current();
    var renamed = shown(of(root, "pki.example", "ra.example").current());
    assertThat(renamed.getSubjectAlternativeNames()).hasSize(2);
    assertThat(issued).isEqualTo(2);
    of(root, "ra.example", "pki.example").current();
    assertThat(issued).as("the order of the names is nothing").isEqualTo(2);
  }

  @Test
  void makesANewOneUnderAnotherRoot() throws Exception {
    of(root, "pki.example").current();
    var other = new Root("CN=DEMO Root 1"); // the same name, another key
    var second = shown(of(other, "pki.example").current());
    second.verify(other.pair.getPublic());
    assertThat(issued).isEqualTo(2);
  }

  @Test
  void makesANewOneWhereWhatLiesThereIsDamaged() throws Exception {
    var certificate = of(root, "pki.example");
    certificate.current();
    var pem = Files.readString(file());
    for (String damaged :
        new String[] {
          "",
          "nothing",
          pem.substring(0, pem.length() / 2),
          pem.replaceFirst("(?s)-----BEGIN CERTIFICATE.*", ""),
          pem.replaceFirst("BEGIN PRIVATE KEY-----\nM", "BEGIN PRIVATE KEY-----\n?")
        }) {
      int before = issued;
      Files.writeString(file(), damaged);
      certificate.current();
      assertThat(issued).as(damaged).isEqualTo(before + 1);
    }
  }

  private Path file() {
    return folder.resolve("tls.pem");
  }

  private WebServerCertificate of(Root anchor, String... hosts) throws Exception {
    return new WebServerCertificate(
        folder,
        List.of(hosts),
        anchor.own(),
        (key, names) -> {
          issued++;
          return List.of(anchor.certificate(key, names));
        },
        clock,
        new SecureRandom());
  }

  private static X509Certificate shown(SslBundle bundle) throws Exception {
    var store = bundle.getStores().getKeyStore();
    assertThat(store).isNotNull();
    return (X509Certificate) store.getCertificate("web");
  }

  /** Issues directly, without an authority between. */
  private final class Root {
    private final KeyPair pair = newKey();
    private final X500Name name;

    Root(String name) {
      this.name = new X500Name(name);
    }

    X509Certificate own() {
      return certificate(pair.getPublic(), List.of("root.example"));
    }

    X509Certificate certificate(PublicKey key, List<String> hosts) {
      try {
        var builder =
            new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(100, new SecureRandom()),
                Date.from(clock.instant()),
                Date.from(clock.instant().plus(LIFE)),
                new X500Name("CN=" + hosts.getFirst()),
                key);
        var names =
            hosts.stream()
                .map(host -> new GeneralName(GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      } catch (Exception broken) {
        throw new IllegalStateException(broken);
      }
    }

    private static KeyPair newKey() {
      try {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
      } catch (Exception broken) {
        throw new IllegalStateException(broken);
      }
    }
  }
}
