package de.kreissiegel.ra.pages.house;

import de.kreissiegel.ca.census.Census;
import de.kreissiegel.ca.census.CostSharing;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the house is paid for.
 *
 * @param district who pays a half where it goes by inhabitants
 * @param cents what there is to share, a year
 * @param inhabitants of each municipality; empty where it goes by use
 */
public record CostSettings(TenantId district, long cents, Map<TenantId, Long> inhabitants) {
  /**
   * @throws IllegalArgumentException with a sentence for the administrator
   */
  public CostSettings {
    inhabitants = new LinkedHashMap<>(inhabitants);
    if (cents <= 0) {
      throw new IllegalArgumentException("'costs.euros' is more than nothing");
    }
    if (inhabitants.containsKey(district)) {
      throw new IllegalArgumentException(
          "'costs.inhabitants' names municipalities, not the district itself");
    }
    if (inhabitants.values().stream().anyMatch(count -> count <= 0)) {
      throw new IllegalArgumentException("'costs.inhabitants' are numbers of people");
    }
  }

  /** What is shared by, for each. */
  Map<TenantId, Long> weights(Census census) {
    if (!inhabitants.isEmpty()) {
      return inhabitants;
    }
    var used = new LinkedHashMap<TenantId, Long>();
    census
        .by(tally -> tally.tenant().map(TenantId::value).orElse(""))
        .forEach(
            (tenant, count) -> {
              if (!tenant.isEmpty()) {
                used.put(new TenantId(tenant), count);
              }
            });
    return used;
  }

  /** Who pays what, in cents; empty where nobody uses anything yet. */
  Optional<Map<TenantId, Long>> shares(Census census) {
    if (!inhabitants.isEmpty()) {
      return Optional.of(CostSharing.byInhabitants(cents, district, inhabitants));
    }
    Map<TenantId, Long> used = weights(census);
    return used.isEmpty() ? Optional.empty() : Optional.of(CostSharing.byWeight(cents, used));
  }
}
