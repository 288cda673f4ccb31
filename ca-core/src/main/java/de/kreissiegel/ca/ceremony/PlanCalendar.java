package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.policyset.AlgorithmCalendar;
import de.kreissiegel.ca.policyset.AlgorithmUse;
import de.kreissiegel.ca.policyset.AlgorithmUse.Scheme;
import de.kreissiegel.ca.policyset.CalendarFinding;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the algorithm calendar says of an authority that is to be made. */
public final class PlanCalendar {
  private PlanCalendar() {}

  /**
   * Holds it against the calendar.
   *
   * @param name the authority line's
   * @param algorithm of its key
   * @param validity of its certificate, if the calendar lets it be that long
   */
  public static List<CalendarFinding> judge(
      AlgorithmCalendar calendar,
      String name,
      KeyAlgorithm algorithm,
      PolicySet set,
      Instant now,
      Period validity) {
    Instant whole = now.atOffset(ZoneOffset.UTC).plus(validity).toInstant();
    Optional<Instant> latest = latestEnd(calendar, name, algorithm, set, now);
    // One that the calendar cuts short is made shorter; one that has no time left is refused.
    Instant end = latest.filter(limit -> limit.isAfter(now) && whole.isAfter(limit)).orElse(whole);
    return calendar.judge(use(algorithm), set, now, end, Set.of(name));
  }

  /** Until when the calendar lets such an authority be valid; empty if it doesn't say. */
  public static Optional<Instant> latestEnd(
      AlgorithmCalendar calendar, String name, KeyAlgorithm algorithm, PolicySet set, Instant now) {
    return calendar.latestEnd(use(algorithm), set, now, Set.of(name));
  }

  private static AlgorithmUse use(KeyAlgorithm algorithm) {
    Scheme scheme =
        switch (algorithm) {
          case RSA_2048_PKCS1, RSA_3072_PKCS1, RSA_4096_PKCS1 -> Scheme.RSA_PKCS1;
          default ->
              switch (algorithm.family()) {
                case EC -> Scheme.ELLIPTIC;
                case RSA -> Scheme.RSA;
                case ML_DSA -> Scheme.ML_DSA;
                case SLH_DSA -> Scheme.SLH_DSA;
                case COMPOSITE -> Scheme.COMPOSITE;
                case EDWARDS -> Scheme.EDWARDS;
              };
        };
    return new AlgorithmUse(AlgorithmUse.Purpose.AUTHORITY, scheme);
  }
}
