package de.kreissiegel.ca.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What {@code terms.yaml} says. */
class TermsCatalogTest {
  private static final ProfileName VPN = new ProfileName("vpn-client");
  private static final ProfileName SIGNATURE = new ProfileName("signature");
  private static final TenantId TOWN = new TenantId("stadt-a.example");
  private static final TenantId OTHER = new TenantId("stadt-b.example");

  @Test
  void bringsTermsForAllCertificatesAndOthersForSignatures() {
    TermsCatalog bundled = TermsCatalog.bundled();

    assertThat(bundled.inForce(VPN, TOWN).orElseThrow().name().value()).isEqualTo("certificates");
    Terms signature = bundled.inForce(SIGNATURE, TOWN).orElseThrow();
    assertThat(signature.name().value()).isEqualTo("signature");
    assertThat(signature.in(Locale.GERMAN).text()).contains("§ 126a BGB");
    assertThat(signature.in(Locale.ENGLISH).paragraphs()).hasSizeGreaterThan(3);
  }

  @Test
  void takesTheTermsThatNameTheTenantBeforeThoseThatNameTheKindBeforeTheRest() throws Exception {
    TermsCatalog catalog =
        parse(
            terms("all", "")
                + terms("kind", "    profiles: [signature]\n")
                + terms("town", "    tenants: [stadt-a.example]\n"));

    assertThat(catalog.inForce(VPN, OTHER)).map(Terms::toString).contains("all/1");
    assertThat(catalog.inForce(SIGNATURE, OTHER)).map(Terms::toString).contains("kind/1");
    assertThat(catalog.inForce(SIGNATURE, TOWN)).map(Terms::toString).contains("town/1");
  }

  @Test
  void asksNothingWhereTheFileHoldsNone() throws Exception {
    assertThat(TermsCatalog.parse("schema: 1\n", ProfileCatalog.bundled()).inForce(VPN, TOWN))
        .isEmpty();
  }

  @Test
  void hasAnotherDigestForEachOtherWord() throws Exception {
    Terms one = parse(terms("a", "")).all().getFirst();

    assertThat(one.digest()).isEqualTo(parse(terms("a", "")).all().getFirst().digest());
    assertThat(one.digest())
        .isNotEqualTo(parse(terms("b", "")).all().getFirst().digest())
        .isNotEqualTo(
            parse(terms("a", "").replace("Deutsch", "Deutsche")).all().getFirst().digest())
        .isNotEqualTo(parse(terms("a", "").replace("n: 1", "n: 2")).all().getFirst().digest());
  }

  @Test
  void saysAllThatIsWrongWithItsLine() {
    String yaml =
        terms("a", "    profiles: [nothing]\n    colour: red\n")
            + terms("a", "").replace("version: 1", "version: 0")
            + "  - name: c\n    version: 1\n    de:\n      title: x\n";

    ConfigurationFaults faults = catchThrowableOfType(ConfigurationFaults.class, () -> parse(yaml));

    assertThat(faults.faults().stream().map(Object::toString))
        .anyMatch(fault -> fault.contains("'nothing' is not allowed here"))
        .anyMatch(fault -> fault.contains("colour: is no setting here"))
        .anyMatch(fault -> fault.contains("two terms have this name"))
        .anyMatch(fault -> fault.contains("'0' is not allowed here"))
        .anyMatch(fault -> fault.contains("text: is missing"))
        .anyMatch(fault -> fault.contains("en: is missing"))
        .allMatch(fault -> fault.startsWith("terms.yaml:"));
  }

  @Test
  void refusesTwoTermsForTheSame() {
    assertThat(
            catchThrowableOfType(
                ConfigurationFaults.class, () -> parse(terms("a", "") + terms("b", ""))))
        .hasMessageContaining("other terms hold for the same");
  }

  private static TermsCatalog parse(String terms) throws ConfigurationFaults {
    return TermsCatalog.parse("schema: 1\nterms:\n" + terms, ProfileCatalog.bundled());
  }

  private static String terms(String name, String more) {
    return """
      - name: %s
        version: 1
    %s    de:
          title: Titel
          text: Deutsch
        en:
          title: Title
          text: English
    """
        .formatted(name, more)
        .indent(0);
  }
}
