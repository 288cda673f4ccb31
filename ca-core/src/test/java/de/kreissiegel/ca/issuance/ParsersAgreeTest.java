package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.issuance.parsers.BouncyCastleParser;
import de.kreissiegel.ca.issuance.parsers.CertificateParser;
import de.kreissiegel.ca.issuance.parsers.JdkParser;
import de.kreissiegel.ca.issuance.parsers.ReadCertificate;
import de.kreissiegel.ca.lint.LintFinding;
import de.kreissiegel.ca.lint.Linter;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is issued, whoever reads it reads the same ({@link OpensslAgreesPeerTest}, too). */
class ParsersAgreeTest {
  private static final int DRAWN = 200;

  private static final Linter LINTER = Linter.alone();

  private final CertificateParser bouncyCastle = new BouncyCastleParser();

  @Test
  void bouncyCastleAndTheJdkReadTheSame() throws Exception {
    agree(new JdkParser(), bouncyCastle, DRAWN);
  }

  @Test
  void whatIsReadIsWhatWasOrdered() throws Exception {
    long seed = new SecureRandom().nextLong();
    var drawn = new DrawnCertificates(seed);
    for (int i = 0; i < DRAWN; i++) {
      DrawnCertificates.Drawn one = drawn.next();
      CertificateDraft draft = one.draft();
      ReadCertificate read = bouncyCastle.read(one.octets());
      String what = one.what() + ", seed " + seed;
      assertThat(read.serial()).as(what).isEqualTo(draft.serial().value());
      assertThat(read.notBefore()).as(what).isEqualTo(draft.notBefore());
      assertThat(read.notAfter()).as(what).isEqualTo(draft.notAfter());
      assertThat(read.publicKey()).as(what).isEqualTo(draft.key().info().toHex());
      assertThat(read.authority()).as(what).isFalse();
      assertThat(read.alternativeNames().stream().map(ParsersAgreeTest::value))
          .as(what)
          .containsExactlyElementsOf(
              draft.alternativeNames().stream().map(ParsersAgreeTest::value).toList());
      assertThat(read.extendedKeyUsage())
          .as(what)
          .hasSameSizeAs(draft.profile().extendedKeyUsages());
      assertThat(read.subject()).as(what).hasSize(4).contains("2.5.4.6=DE", commonName(draft));
      assertThat(unreadable(one)).as(what).isEmpty();
    }
  }

  /** A pseudonym instead of the name, or what was said of it, or what the directory says. */
  private static String commonName(CertificateDraft draft) {
    return "2.5.4.3="
        + draft
            .values()
            .pseudonym()
            .map(pseudonym -> "PN: " + pseudonym.name())
            .orElseGet(
                () ->
                    PersonName.commonName(
                        draft
                            .values()
                            .one(Field.COMMON_NAME)
                            .map(draft.subject()::called)
                            .orElse(draft.subject())));
  }

  private static String value(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  /** What our own strict reader says of the form; of what stands in it the lints' tests tell. */
  private static List<LintFinding> unreadable(DrawnCertificates.Drawn one) {
    Bytes tbs = Linter.toBeSigned(Bytes.of(one.octets())).orElseThrow();
    return LINTER.findings(tbs, LintContexts.of(one.draft(), false)).stream()
        .filter(finding -> finding.lint().id().matches("rfc5280\\..*"))
        .toList();
  }

  static void agree(CertificateParser parser, CertificateParser other, int count) throws Exception {
    long seed = new SecureRandom().nextLong();
    var drawn = new DrawnCertificates(seed);
    for (int i = 0; i < count; i++) {
      DrawnCertificates.Drawn one = drawn.next();
      assertThat(parser.read(one.octets()))
          .as("%s, seed %d", one.what(), seed)
          .isEqualTo(other.read(one.octets()));
    }
  }
}
