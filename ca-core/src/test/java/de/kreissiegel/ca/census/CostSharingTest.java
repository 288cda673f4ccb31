package de.kreissiegel.ca.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.tenancy.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostSharingTest {
  private static final TenantId DISTRICT = new TenantId("landkreis.example");
  private static final TenantId TOWN = new TenantId("stadt.example");
  private static final TenantId MARKET = new TenantId("markt.example");

  @Test
  void theDistrictPaysAHalfAndTheOthersByTheirInhabitants() {
    assertThat(CostSharing.byInhabitants(100_001, DISTRICT, Map.of(TOWN, 9_000L, MARKET, 1_000L)))
        .isEqualTo(Map.of(DISTRICT, 50_001L, TOWN, 45_000L, MARKET, 5_000L));
  }

  @Test
  void theCentsThatAreLeftGoWhereTheFractionWasLargest() {
    assertThat(CostSharing.byWeight(100, Map.of(DISTRICT, 2L, TOWN, 2L, MARKET, 3L)))
        .isEqualTo(Map.of(DISTRICT, 29L, TOWN, 28L, MARKET, 43L));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sharesExactlyWhatThereIsAndNobodyPaysACentMoreThanTheirPart(long seed) {
    var random = new Random(seed);
    long cents = random.nextLong(10_000_000_000L);
    var weights = new LinkedHashMap<TenantId, Long>();
    for (int i = 0; i < 27; i++) {
      weights.put(new TenantId("t" + i + ".example"), random.nextLong(50_000));
    }
    long all = weights.values().stream().mapToLong(Long::longValue).sum();

    Map<TenantId, Long> shares = CostSharing.byWeight(cents, weights);

    assertThat(shares.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(cents);
    shares.forEach(
        (tenant, share) ->
            assertThat((double) share)
                .isBetween(
                    (double) cents * weights.get(tenant) / all - 1,
                    (double) cents * weights.get(tenant) / all + 1));
  }

  @Test
  void thereIsNothingToShareByWhereNobodyLives() {
    for (Map<TenantId, Long> nobody :
        List.of(Map.<TenantId, Long>of(), Map.of(TOWN, 0L), Map.of(TOWN, -1L))) {
      assertThatThrownBy(() -> CostSharing.byWeight(1, nobody))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
