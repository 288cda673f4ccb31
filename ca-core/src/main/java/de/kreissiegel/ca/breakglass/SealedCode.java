package de.kreissiegel.ca.breakglass;

import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A code as it is kept, without itself.
 *
 * @param number stands on the envelope, from 1
 * @param holder whose name stands on it, 1 to 100 characters
 * @param office what it opens
 * @param tenants for which tenants, at least one
 * @param madeAt when it was made
 * @param madeBy who made it, as they said, 1 to 100 characters
 * @param endsAt from when on it opens nothing
 * @param usedAt when it was used; empty if it wasn't
 * @param withdrawnAt when it was taken back; empty if it wasn't
 * @param acknowledgement that somebody else has looked into its use; empty if nobody has
 */
public record SealedCode(
    long number,
    String holder,
    Office office,
    Set<TenantId> tenants,
    Instant madeAt,
    String madeBy,
    Instant endsAt,
    Optional<Instant> usedAt,
    Optional<Instant> withdrawnAt,
    Optional<Acknowledgement> acknowledgement) {
  private static final int LONGEST_NAME = 100;

  /**
   * @throws IllegalArgumentException if a name is empty or longer, or there is no tenant
   */
  public SealedCode {
    tenants = Set.copyOf(tenants);
    if (!isName(holder) || !isName(madeBy)) {
      throw new IllegalArgumentException("a name has 1 to " + LONGEST_NAME + " characters");
    }
    if (tenants.isEmpty()) {
      throw new IllegalArgumentException("a code is for at least one tenant");
    }
  }

  /** What a code opens. */
  public enum Office {
    /** Look: certificates, applications, the audit trail. */
    REVIEW,
    /** Look, revoke and hold, answer the phone; only with the code of a second holder. */
    PROTECT
  }

  /**
   * @param by who, as they said
   */
  public record Acknowledgement(String by, Instant at) {}

  static boolean isName(String text) {
    return !text.isBlank() && text.length() <= LONGEST_NAME;
  }

  /** Whether it opens something, at this time. */
  public boolean isGood(Instant now) {
    return usedAt.isEmpty() && withdrawnAt.isEmpty() && now.isBefore(endsAt);
  }

  /** Whether it was used, and nobody has looked into it. */
  public boolean isAlarm() {
    return usedAt.isPresent() && acknowledgement.isEmpty();
  }
}
