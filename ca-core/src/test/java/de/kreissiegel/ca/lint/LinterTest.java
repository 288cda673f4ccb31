package de.kreissiegel.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;

class LinterTest {
  private static final Trial MAIL = Trial.of("smime");
  private static final Trial SHORT_SERIAL =
      MAIL.edit(tbs -> tbs.with(Tbs.SERIAL, new ASN1Integer(BigInteger.TWO)));

  @Test
  void refusesByNameOfTheLint() {
    Refused refused =
        catchThrowableOfType(
            Refused.class, () -> Linter.alone().check(SHORT_SERIAL.tbs(), SHORT_SERIAL.context()));
    assertThat(refused.reason()).isEqualTo(RefusalReason.LINT);
    assertThat(refused.refusal().detail()).startsWith("house.serial-random: ");
  }

  @Test
  void letsPassWhatIsOnlyRemarkedUpon() throws Exception {
    Trial without = Trial.of("signature").edit(LintCases.names(LintCases.uri("urn:uuid:7")));
    LintedTbsCertificate linted = Linter.alone().check(without.tbs(), without.context());
    assertThat(linted.remarks())
        .extracting(finding -> finding.lint().id())
        .containsExactly("smime.mailbox-missing");
    assertThat(linted.redeem()).isEqualTo(without.tbs());
  }

  @Test
  void isGoodForOneSignatureOnly() throws Exception {
    LintedTbsCertificate linted = Linter.alone().check(MAIL.tbs(), MAIL.context());
    assertThat(linted.remarks()).isEmpty();
    assertThat(linted.redeem()).isEqualTo(MAIL.tbs());
    assertThatThrownBy(linted::redeem).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void speaksBothLanguages() {
    LintFinding finding = SHORT_SERIAL.findings().getFirst();
    assertThat(finding.text(Locale.GERMAN)).contains("Seriennummer");
    assertThat(finding.text(Locale.ENGLISH)).contains("serial number");
  }

  @Test
  void lintsAStrangersFileWithoutAContext() {
    Bytes certificate =
        Bytes.of(
            Tbs.der(
                new DERSequence(
                    new org.bouncycastle.asn1.ASN1Encodable[] {
                      Tbs.read(MAIL.tbs().toHex()),
                      FieldCases.algorithm("4.3.2"),
                      new DERBitString(new byte[8])
                    })));
    Bytes tbs = Linter.toBeSigned(certificate).orElseThrow();
    assertThat(tbs).isEqualTo(MAIL.tbs());
    assertThat(Linter.alone().findings(tbs, LintContext.unknown())).isEmpty();
    assertThat(Linter.toBeSigned(MAIL.tbs())).isEmpty();
    assertThat(Linter.toBeSigned(Bytes.of(new byte[] {1, 2}))).isEmpty();
  }

  @Test
  void letsNothingOfAHostileNameThroughToATerminal() {
    Trial hostile = MAIL.edit(LintCases.commonName("GRP \u001b[31m\u202e" + "x".repeat(500)));
    assertThat(hostile.findings()).isNotEmpty();
    assertThat(hostile.findings())
        .allSatisfy(
            finding -> {
              assertThat(finding.detail()).doesNotContain("\u001b", "\u202e");
              assertThat(finding.detail().length()).isLessThan(210);
            });
  }
}
