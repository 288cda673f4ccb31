package de.kreissiegel.ca.hierarchy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A line of authorities, as far as dates go.
 *
 * @param name the line's
 * @param parent the line that certifies it; empty for a root, and under an external superior
 * @param validity of each new certificate, where nothing cuts it short
 * @param promises how long what it issues is valid
 * @param latestEnd when its kind of key ends for good, whatever the validity would be
 * @param existing the generations that there are, oldest first, at least one
 */
public record LinePlan(
    String name,
    Optional<String> parent,
    Duration validity,
    List<Promise> promises,
    Optional<Instant> latestEnd,
    List<Existing> existing) {
  public LinePlan {
    promises = List.copyOf(promises);
    existing = List.copyOf(existing);
  }

  /**
   * How long certificates of a profile are valid.
   *
   * @param latestEnd after which none of them is valid, whatever the validity would be
   */
  public record Promise(Duration validity, Optional<Instant> latestEnd) {
    /** The last moment at which such a certificate can be issued whole under that issuer. */
    Instant lastWhole(Instant issuerEnd) {
      return latestEnd.filter(end -> !end.isAfter(issuerEnd)).isPresent()
          ? issuerEnd
          : issuerEnd.minus(validity);
    }
  }

  /**
   * A generation that there is.
   *
   * @param made its certificate's notBefore
   * @param issuesFrom when it begins to issue
   * @param stops when it stops, if that was decided
   * @param ends its certificate's notAfter
   */
  public record Existing(Instant made, Instant issuesFrom, Optional<Instant> stops, Instant ends) {}

  /** The last moment at which everything can be issued whole under a certificate with that end. */
  Instant lastWhole(Instant issuerEnd) {
    return promises.stream()
        .map(promise -> promise.lastWhole(issuerEnd))
        .min(Instant::compareTo)
        .orElse(issuerEnd);
  }
}
