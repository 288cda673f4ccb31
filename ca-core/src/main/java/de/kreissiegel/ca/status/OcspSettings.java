package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How OCSP answers.
 *
 * @param validity from thisUpdate to nextUpdate, a minute at least; answers that were signed ahead
 *     are signed anew after half of it, so that they outlast an outage of half of it
 * @param archive for how long expired certificates are told of (RFC 6960 §4.4.4); empty if nothing
 *     is promised
 * @param neverIssued what serial numbers get that were never issued, by authority; {@link
 *     NeverIssued#UNKNOWN} if nothing is said
 * @param maxAge for how long caches may repeat what is said of a certificate of this profile
 * @param folder where this node keeps its copy of the answers; empty if it keeps none
 */
public record OcspSettings(
    Duration validity,
    Optional<Duration> archive,
    Map<AuthorityName, NeverIssued> neverIssued,
    Function<ProfileName, Duration> maxAge,
    Optional<Path> folder) {
  /**
   * Long enough for an outage of the vault or the database to be mended over night. Caches that
   * heed HTTP hear of a revocation after the profile's {@code status-max-age}.
   */
  public static final Duration VALIDITY = Duration.ofHours(24);

  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  /** What is said of a serial number that was never issued. */
  public enum NeverIssued {
    /** The certificate is {@code unknown}; the answer is signed. */
    UNKNOWN,
    /** The responder is {@code unauthorized} to tell (RFC 5019 §2.2.3); nothing is signed. */
    UNAUTHORIZED,
    /** It is {@code revoked}, with the marks of RFC 6960 §4.4.8; the answer is signed. */
    REVOKED
  }

  public OcspSettings {
    neverIssued = Map.copyOf(neverIssued);
    if (validity.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("an OCSP answer holds for a minute at least");
    }
  }

  /** Answers for a day, five minutes in caches, no archive, no copy on the disk. */
  public static OcspSettings usual() {
    return new OcspSettings(VALIDITY, Optional.empty(), Map.of(), _ -> MAX_AGE, Optional.empty());
  }

  /** The same with another validity. */
  public OcspSettings withValidity(Duration other) {
    return new OcspSettings(other, archive, neverIssued, maxAge, folder);
  }

  /** The same with a copy in this folder. */
  public OcspSettings withFolder(Path other) {
    return new OcspSettings(validity, archive, neverIssued, maxAge, Optional.of(other));
  }

  /** The same with a promise to tell of expired certificates. */
  public OcspSettings withArchive(Duration other) {
    return new OcspSettings(validity, Optional.of(other), neverIssued, maxAge, folder);
  }

  /** The same with a choice for serial numbers that were never issued. */
  public OcspSettings withNeverIssued(Map<AuthorityName, NeverIssued> others) {
    return new OcspSettings(validity, archive, others, maxAge, folder);
  }

  NeverIssued neverIssuedBy(AuthorityName authority) {
    return neverIssued.getOrDefault(authority, NeverIssued.UNKNOWN);
  }
}
