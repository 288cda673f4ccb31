package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * That a tenant has copies of its keys kept:
 *
 * <pre>
 * Proposed → InForce → Ended
 *     └────────────────↗
 * </pre>
 *
 * <p>Without one in force no copy is taken. Copies that were taken stay when it ends, until their
 * own time is over.
 */
public sealed interface Decision {
  Terms terms();

  default DecisionId id() {
    return terms().id();
  }

  /**
   * What was proposed. Nothing of it ever changes.
   *
   * @param id the decision's name
   * @param tenant whose keys
   * @param profiles of which kinds
   * @param reason in words
   * @param officers how many have to sign before a key is given out, 2 to 8
   * @param keepYears for how many years after its certificate's end a copy is kept, 1 to 30
   * @param proposed who wanted it
   */
  record Terms(
      DecisionId id,
      TenantId tenant,
      Set<ProfileName> profiles,
      String reason,
      int officers,
      int keepYears,
      Said proposed) {
    public static final int FEWEST_OFFICERS = 2;
    public static final int MOST_OFFICERS = 8;
    public static final int MOST_YEARS = 30;

    /**
     * @throws IllegalArgumentException if a number is out of its bounds, or no profile is named
     */
    public Terms {
      profiles = Set.copyOf(profiles);
      if (profiles.isEmpty()
          || officers < FEWEST_OFFICERS
          || officers > MOST_OFFICERS
          || keepYears < 1
          || keepYears > MOST_YEARS) {
        throw new IllegalArgumentException("profiles, 2 to 8 officers, 1 to 30 years");
      }
    }
  }

  /** It waits for a second person's consent, and nothing is kept by it. */
  record Proposed(Terms terms) implements Decision {
    InForce consented(Said consent) {
      return new InForce(terms, consent);
    }
  }

  /** Copies are taken by it. */
  record InForce(Terms terms, Said consent) implements Decision {}

  /** Somebody ended it, or turned the proposal down. */
  record Ended(Terms terms, Optional<Said> consent, Said end, String reason) implements Decision {}

  /** The same, ended. */
  default Ended ended(Said end, String reason) {
    return switch (this) {
      case Proposed _ -> new Ended(terms(), Optional.empty(), end, reason);
      case InForce(var terms, var consent) -> new Ended(terms, Optional.of(consent), end, reason);
      case Ended already -> already;
    };
  }
}
