package de.kreissiegel.ca.census;

import de.kreissiegel.ca.tenancy.TenantId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who pays how much of the house: the district a half and its municipalities the other by their
 * inhabitants, or everybody by how many certificates they have.
 */
public final class CostSharing {
  private CostSharing() {}

  /**
   * Half of it for the district, the rest for the municipalities by their inhabitants. Of an odd
   * cent the district pays the larger half.
   *
   * @param cents what there is to share, 0 or more
   * @param district who pays the half
   * @param inhabitants of each municipality, the district not among them
   * @throws IllegalArgumentException if nobody lives anywhere
   */
  public static Map<TenantId, Long> byInhabitants(
      long cents, TenantId district, Map<TenantId, Long> inhabitants) {
    long municipalities = cents / 2;
    var shares = new LinkedHashMap<TenantId, Long>();
    shares.put(district, cents - municipalities);
    shares.putAll(byWeight(municipalities, inhabitants));
    return shares;
  }

  /**
   * In proportion to a number of each, to the cent, and exactly so much in sum: what is left by
   * rounding down goes, a cent each, to those whose fraction was largest.
   *
   * @param weights 0 or more
   * @throws IllegalArgumentException if all are 0, or one is negative
   */
  public static Map<TenantId, Long> byWeight(long cents, Map<TenantId, Long> weights) {
    long all = weights.values().stream().mapToLong(Long::longValue).sum();
    if (all <= 0 || cents < 0 || weights.values().stream().anyMatch(weight -> weight < 0)) {
      throw new IllegalArgumentException("nothing to share by");
    }
    var parts = new ArrayList<Part>();
    weights.forEach((tenant, weight) -> parts.add(Part.of(tenant, cents, weight, all)));
    long left = cents - parts.stream().mapToLong(Part::cents).sum();
    List<Part> byFraction =
        parts.stream()
            .sorted(
                Comparator.comparingLong(Part::rest)
                    .reversed()
                    .thenComparing(part -> part.tenant().value()))
            .toList();
    var shares = new LinkedHashMap<TenantId, Long>();
    weights.keySet().forEach(tenant -> shares.put(tenant, 0L));
    for (int i = 0; i < byFraction.size(); i++) {
      Part part = byFraction.get(i);
      shares.put(part.tenant(), part.cents() + (i < left ? 1 : 0));
    }
    return shares;
  }

  private record Part(TenantId tenant, long cents, long rest) {
    static Part of(TenantId tenant, long cents, long weight, long all) {
      BigInteger[] exact =
          BigInteger.valueOf(cents)
              .multiply(BigInteger.valueOf(weight))
              .divideAndRemainder(BigInteger.valueOf(all));
      return new Part(tenant, exact[0].longValueExact(), exact[1].longValueExact());
    }
  }
}
