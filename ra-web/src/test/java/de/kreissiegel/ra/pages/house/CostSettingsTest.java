package de.kreissiegel.ra.pages.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.census.Census;
import de.kreissiegel.ca.census.Tally;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostSettingsTest {
  private static final TenantId DISTRICT = new TenantId("landkreis.example");
  private static final TenantId TOWN = new TenantId("stadt.example");
  private static final Census CENSUS =
      new Census(
          List.of(
              tally(Optional.of(DISTRICT), 3),
              tally(Optional.of(TOWN), 1),
              tally(Optional.empty(), 9)),
          Instant.EPOCH);

  @Test
  void sharesByInhabitantsWhereTheyAreGiven() {
    assertThat(new CostSettings(DISTRICT, 1000, Map.of(TOWN, 7L)).shares(CENSUS))
        .contains(Map.of(DISTRICT, 500L, TOWN, 500L));
  }

  @Test
  void sharesElseByUseAndTheHouseItselfPaysNothing() {
    assertThat(new CostSettings(DISTRICT, 1000, Map.of()).shares(CENSUS))
        .contains(Map.of(DISTRICT, 750L, TOWN, 250L));
    assertThat(
            new CostSettings(DISTRICT, 1000, Map.of()).shares(new Census(List.of(), Instant.EPOCH)))
        .isEmpty();
  }

  @Test
  void isNothingThatCantBe() {
    assertThatThrownBy(() -> new CostSettings(DISTRICT, 0, Map.of()))
        .hasMessageContaining("costs.euros");
    assertThatThrownBy(() -> new CostSettings(DISTRICT, 1, Map.of(DISTRICT, 1L)))
        .hasMessageContaining("costs.inhabitants");
    assertThatThrownBy(() -> new CostSettings(DISTRICT, 1, Map.of(TOWN, 0L)))
        .hasMessageContaining("costs.inhabitants");
  }

  private static Tally tally(Optional<TenantId> tenant, long count) {
    return new Tally(
        tenant,
        new ProfileName("smime"),
        new AuthorityName("people"),
        "EC P-256",
        false,
        YearMonth.of(2027, 1),
        count);
  }
}
