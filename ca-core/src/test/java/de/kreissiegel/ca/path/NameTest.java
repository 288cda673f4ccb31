package de.kreissiegel.ca.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.policyset.TestCertificate;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

class NameTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root").make();

  @Test
  void hostsAreComparedWithoutCaseAndOnlyInSubjectAltName() {
    TestCertificate holder = holder(dns("WWW.Kreis.example"));
    assertThat(names(holder, "www.kreis.example")).isTrue();
    assertThat(names(holder, "www.kreis.example.")).isTrue();
    assertThat(names(holder, "kreis.example")).isFalse();
    TestCertificate common = ROOT.holder("H").named("CN=www.kreis.example").make();
    assertThat(names(common, "www.kreis.example")).isFalse();
  }

  @Test
  void aWildcardIsTheWholeFirstLabelAndStandsForOne() {
    TestCertificate holder = holder(dns("*.kreis.example"), dns("w*.stadt.example"), dns("*.de"));
    assertThat(names(holder, "www.kreis.example")).isTrue();
    assertThat(names(holder, "a.www.kreis.example")).isFalse();
    assertThat(names(holder, "kreis.example")).isFalse();
    assertThat(names(holder, "www.stadt.example")).isFalse();
    assertThat(names(holder, "kreis.de")).isFalse();
  }

  @Test
  void umlautsAreAskedInTheirALabelForm() {
    assertThat(ExpectedName.of("Müllheim.example"))
        .isEqualTo(new ExpectedName.Dns("xn--mllheim-n2a.example"));
    assertThatThrownBy(() -> ExpectedName.of("straße.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A-label");
  }

  @Test
  void mailboxesKeepTheCaseBeforeTheAtSign() {
    TestCertificate holder = holder(new GeneralName(GeneralName.rfc822Name, "Erika@Kreis.example"));
    assertThat(names(holder, "Erika@kreis.EXAMPLE")).isTrue();
    assertThat(names(holder, "erika@kreis.example")).isFalse();
    assertThat(names(holder, "Erika@mail.kreis.example")).isFalse();
  }

  @Test
  void mailboxesWithUmlautsStandInOtherName() {
    TestCertificate holder = holder(TestNames.smtpUtf8("müller@kreis.example"));
    assertThat(names(holder, "müller@kreis.example")).isTrue();
    assertThat(names(holder, "mueller@kreis.example")).isFalse();
  }

  @Test
  void anAddressInTheSubjectCountsNotForTheBsi() {
    TestCertificate holder = ROOT.holder("H").named("CN=E,E=e@kreis.example").make();
    Asked asked = Asked.about(holder).believing(ROOT);
    ExpectedName wanted = ExpectedName.of("e@kreis.example");
    asked.with(PathOptions.under(PolicySet.RFC5280).naming(wanted)).valid();
    assertThat(
            asked
                .with(PathOptions.under(PolicySet.BSI_KOMMUNAL).withoutStatus().naming(wanted))
                .faults())
        .containsExactly("name.mismatch 0");
  }

  @Test
  void addressesAreComparedByOctets() {
    TestCertificate holder =
        holder(
            new GeneralName(GeneralName.iPAddress, "192.0.2.7"),
            new GeneralName(GeneralName.iPAddress, "2001:db8::1"));
    assertThat(names(holder, "192.0.2.7")).isTrue();
    assertThat(names(holder, "2001:0db8:0::1")).isTrue();
    assertThat(names(holder, "192.0.2.8")).isFalse();
    assertThat(names(holder(dns("192.0.2.7")), "192.0.2.7")).isFalse();
  }

  @Test
  void allNamesAreNeeded() {
    Asked asked =
        Asked.about(holder(dns("a.example"), dns("b.example")))
            .believing(ROOT)
            .with(
                PathOptions.under(PolicySet.RFC5280)
                    .naming(ExpectedName.of("a.example"), ExpectedName.of("c.example")));
    assertThat(asked.faults()).containsExactly("name.mismatch 0");
  }

  @Test
  void whatIsNoNameIsRefused() {
    for (String wrong :
        new String[] {
          "", ".", "*.example", "a..b", "@a", "a@", "a b", "300.1.2.3", "::g", "a\nb"
        }) {
      assertThatThrownBy(() -> ExpectedName.of(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  private static TestCertificate holder(GeneralName... names) {
    return ROOT.holder("H").names(names).make();
  }

  private static boolean names(TestCertificate holder, String name) {
    return Asked.about(holder)
            .believing(ROOT)
            .with(PathOptions.under(PolicySet.RFC5280).naming(ExpectedName.of(name)))
            .verdict()
        instanceof PathVerdict.Valid;
  }
}
