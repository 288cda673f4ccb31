package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.profile.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has certificates taken out of a directory after their end: those for encryption at once, since
 * whoever encrypts to them finds out too late; others after a while. Each is swept once by each
 * rule.
 */
public final class CleanUp {
  /** So many at once; more wait for the next turn. */
  static final int AT_ONCE = 1000;

  private static final String ENCRYPTION = "encryption";
  private static final String EXPIRED = "expired";

  private final OutboxQueue queue;
  private final ProfileCatalog profiles;
  private final Destination destination;
  private final Clock clock;

  CleanUp(OutboxQueue queue, ProfileCatalog profiles, Destination destination, Clock clock) {
    this.queue = queue;
    this.profiles = profiles;
    this.destination = destination;
    this.clock = clock;
  }

  /**
   * Enqueues the withdrawals that are due. To be called every few minutes.
   *
   * @return how many
   */
  public int sweep() {
    Instant now = clock.instant();
    Set<ProfileName> forEncryption =
        profiles.all().stream()
            .filter(profile -> profile.purpose() == Purpose.ENCRYPTION && profile.published())
            .map(CertificateProfile::name)
            .collect(Collectors.toSet());
    int swept = 0;
    if (!forEncryption.isEmpty()) {
      swept += queue.sweep(destination.name(), ENCRYPTION, forEncryption, now, AT_ONCE, now);
    }
    Instant longAgo = now.minus(destination.rules().keepExpired());
    return swept + queue.sweep(destination.name(), EXPIRED, Set.of(), longAgo, AT_ONCE, now);
  }
}
