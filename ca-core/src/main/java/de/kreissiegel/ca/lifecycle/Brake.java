package de.kreissiegel.ca.lifecycle;

import java.time.Duration;
import java.util.Optional;

/**
 * How many may lose something within a while before the directory is taken for broken. A broken
 * directory looks just like a district that left.
 *
 * @param ofDistrict so many may leave in all tenants together
 * @param ofTenant so many may always leave in a tenant, however small it is, but not all
 * @param share so large a part of a tenant may leave, 0 to 1
 * @param within the while
 */
public record Brake(int ofDistrict, int ofTenant, double share, Duration within) {
  /** More than 25 in an hour, or more than 3 that are more than 2 of 100 of a tenant. */
  public static final Brake DEFAULT = new Brake(25, 3, 0.02, Duration.ofHours(1));

  public Brake {
    if (ofDistrict < 0 || ofTenant < 0 || share < 0 || share > 1 || !within.isPositive()) {
      throw new IllegalArgumentException(
          "numbers from 0 on, a share from 0 to 1, and a while that isn't none");
    }
  }

  /** Why it stops. */
  public enum Reason {
    /** Too many in the whole district. */
    DISTRICT,
    /** Too large a part of a tenant. */
    SHARE,
    /** All of a tenant. */
    ALL
  }

  /**
   * Why nothing more happens.
   *
   * @param leaving how many it would be
   * @param allowed how many may
   */
  public record Stop(Reason reason, int leaving, int allowed) {}

  Optional<Stop> ofDistrict(int leaving) {
    return leaving > ofDistrict
        ? Optional.of(new Stop(Reason.DISTRICT, leaving, ofDistrict))
        : Optional.empty();
  }

  /**
   * @param leaving of the tenant
   * @param all how many of it have or had something to lose
   */
  Optional<Stop> ofTenant(int leaving, int all) {
    int allowed = Math.max(ofTenant, (int) Math.floor(share * all));
    if (leaving > allowed) {
      return Optional.of(new Stop(Reason.SHARE, leaving, allowed));
    }
    return leaving > 1 && leaving >= all
        ? Optional.of(new Stop(Reason.ALL, leaving, all - 1))
        : Optional.empty();
  }
}
