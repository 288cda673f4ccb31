package de.kreissiegel.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.TBSCertificate;

/**
 * Whatever octets come: the linter finds something or nothing, and nothing else comes out; what it
 * finds no error in, another reader takes for a certificate in DER, too.
 */
class LinterFuzzTest {
  private static final Linter LINTER = Linter.alone();

  @FuzzTest(maxDuration = "10m")
  void passesOnlyCertificates(byte[] octets) throws IOException {
    List<LintFinding> findings = LINTER.findings(Bytes.of(octets), LintContext.unknown());
    for (LintFinding finding : findings) {
      assertThat(finding.text(Locale.GERMAN)).doesNotContain("\n", "\u001b");
    }
    if (findings.stream().noneMatch(finding -> finding.lint().severity() == Severity.ERROR)) {
      assertThat(ASN1Primitive.fromByteArray(octets).getEncoded("DER")).isEqualTo(octets);
      assertThat(TBSCertificate.getInstance(octets).getVersionNumber()).isEqualTo(3);
    }
  }

  @FuzzTest(maxDuration = "10m")
  void takesCertificatesApartWithoutHarm(byte[] octets) {
    Bytes certificate = Bytes.of(octets);
    Optional<Bytes> tbs = Linter.toBeSigned(certificate);
    tbs.ifPresent(inner -> assertThat(certificate.toHex()).contains(inner.toHex()));
    RsaModuli.of(certificate).ifPresent(modulus -> assertThat(modulus.signum()).isPositive());
  }
}
