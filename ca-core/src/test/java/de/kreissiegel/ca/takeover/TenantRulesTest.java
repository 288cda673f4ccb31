package de.kreissiegel.ca.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.kreissiegel.ca.tenancy.TenantId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantRulesTest {
  private static final TenantId DISTRICT = new TenantId("kreis.example");
  private static final TenantId TOWN = new TenantId("stadt.kreis.example");
  private static final BigInteger SERIAL = new BigInteger("1a2b", 16);

  private final TenantRules rules =
      new TenantRules(
          TenantRules.bySerial(List.of("serial,tenant", "1A:2B,kreis.example", "")),
          Map.of("Stadt.Kreis.example", TOWN, "kreis.example", DISTRICT),
          DISTRICT);

  @Test
  void whatSomebodyAssignedCountsBeforeDomains() {
    assertThat(rules.of(SERIAL, List.of("mail:a@stadt.kreis.example"))).contains(DISTRICT);
  }

  @Test
  void theLongestDomainOfAMailAddressOrHostCounts() {
    assertThat(rules.of(BigInteger.ONE, List.of("mail:A@Stadt.Kreis.example"))).contains(TOWN);
    assertThat(rules.of(BigInteger.ONE, List.of("dns:vpn.kreis.example"))).contains(DISTRICT);
    assertThat(rules.of(BigInteger.ONE, List.of("uri:x", "dns:a.b.stadt.kreis.example")))
        .contains(TOWN);
  }

  @Test
  void aDomainIsNoPartOfAnotherWord() {
    assertThat(rules.of(BigInteger.ONE, List.of("dns:anderkreis.example"))).isEmpty();
    assertThat(rules.of(BigInteger.ONE, List.of())).isEmpty();
  }

  @Test
  void aLineThatIsNoneIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TenantRules.bySerial(List.of("01,kreis.example", "zz,kreis.example")))
        .withMessageContaining("line 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TenantRules.bySerial(List.of("01")))
        .withMessageContaining("line 1");
  }
}
