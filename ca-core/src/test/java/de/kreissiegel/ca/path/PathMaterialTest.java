package de.kreissiegel.ca.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.policyset.TestCertificate;
import de.kreissiegel.ca.x509.CertificateBundle;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathMaterialTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root").make();
  private static final TestCertificate AUTHORITY = ROOT.authority("Authority").make();
  private static final TestCertificate HOLDER = AUTHORITY.holder("Holder").make();
  private static final Bytes LIST = TestList.empty(ROOT);

  @Test
  void readsWhatIsInDer() throws Exception {
    assertThat(PathMaterial.read(ROOT.encoded().toArray()).certificates())
        .containsExactly(ROOT.encoded());
    assertThat(PathMaterial.read(LIST.toArray()).lists()).containsExactly(LIST);
  }

  @Test
  void readsCertificatesAndListsInPemAndPassesOverKeysAndWords() throws Exception {
    PathMaterial read =
        PathMaterial.read(
            ("subject=CN=Root\n"
                    + pem("CERTIFICATE", ROOT.encoded())
                    + pem("PRIVATE KEY", Bytes.fromHex("3000"))
                    + pem("X509 CRL", LIST).replace("\n", "\r\n"))
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(read.certificates()).containsExactly(ROOT.encoded());
    assertThat(read.lists()).containsExactly(LIST);
  }

  @Test
  void readsPkcs7InBothForms() throws Exception {
    Bytes bundle = CertificateBundle.certsOnly(List.of(ROOT.encoded(), HOLDER.encoded()));
    for (byte[] file :
        List.of(bundle.toArray(), pem("PKCS7", bundle).getBytes(StandardCharsets.US_ASCII))) {
      assertThat(PathMaterial.read(file).certificates())
          .containsExactlyInAnyOrder(ROOT.encoded(), HOLDER.encoded());
    }
  }

  @Test
  void theEndIsWhoIssuedNone() throws Exception {
    for (List<Bytes> order :
        List.of(
            List.of(ROOT.encoded(), HOLDER.encoded(), AUTHORITY.encoded()),
            List.of(HOLDER.encoded(), AUTHORITY.encoded(), ROOT.encoded()))) {
      assertThat(new PathMaterial(order, List.of()).end()).contains(HOLDER.encoded());
    }
    TestCertificate other = AUTHORITY.holder("Other").make();
    assertThat(new PathMaterial(List.of(other.encoded(), HOLDER.encoded()), List.of()).end())
        .contains(other.encoded());
    assertThat(PathMaterial.EMPTY.end()).isEmpty();
  }

  @Test
  void whatIsNeitherIsRefusedWithASentence() {
    for (String file :
        List.of(
            "",
            "hello",
            "-----BEGIN CERTIFICATE-----\nMII",
            "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n",
            pem("CERTIFICATE", Bytes.fromHex("3000")),
            pem("CERTIFICATE", LIST),
            pem("X509 CRL", ROOT.encoded()),
            pem("PKCS7", ROOT.encoded()),
            pem("PRIVATE KEY", Bytes.fromHex("3000")))) {
      assertThatThrownBy(() -> PathMaterial.read(file.getBytes(StandardCharsets.US_ASCII)))
          .as(file)
          .isInstanceOfSatisfying(
              UnreadableMaterial.class,
              refused -> {
                assertThat(refused.getMessage()).endsWith(".");
                assertThat(refused.german()).endsWith(".");
              });
    }
  }

  @Test
  void whatIsNotDerIsRefusedForItsSignatureWouldNotShowIt() {
    byte[] octets = AUTHORITY.encoded().toArray();
    for (int i = 0; i < octets.length - 2; i++) {
      if (octets[i] == 1 && octets[i + 1] == 1 && octets[i + 2] == (byte) 0xff) {
        octets[i + 2] = 0x7f; // BOOLEAN TRUE in BER
        break;
      }
    }
    assertThat(Bytes.of(octets)).isNotEqualTo(AUTHORITY.encoded());
    assertThatThrownBy(() -> PathMaterial.read(octets)).isInstanceOf(UnreadableMaterial.class);
  }

  @Test
  void moreThanFiveHundredCertificatesAreTooMany() {
    String many = pem("CERTIFICATE", ROOT.encoded()).repeat(513);
    assertThatThrownBy(() -> PathMaterial.read(many.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(UnreadableMaterial.class)
        .hasMessageContaining("512");
  }

  static String pem(String label, Bytes octets) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets.toArray())
        + "\n-----END "
        + label
        + "-----\n";
  }
}
