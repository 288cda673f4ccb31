package de.kreissiegel.ca.hierarchy;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.policyset.AlgorithmUse;
import de.kreissiegel.ca.policyset.AlgorithmUse.Scheme;
import de.kreissiegel.ca.policyset.CalendarFinding;
import de.kreissiegel.ca.policyset.CalendarFinding.Outcome;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.KeyAlgorithm;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.profile.Purpose;
import de.kreissiegel.ca.settings.ConfigurationFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Profiles against the algorithm calendar: what they would make today. */
public final class ProfileCalendar {
  private ProfileCalendar() {}

  /** What the calendar says of a profile. */
  public record Found(ProfileName profile, CalendarFinding finding) {}

  /** What it says of all of them, each finding of a profile once. */
  public static List<Found> findings(
      Collection<CertificateProfile> profiles, AuthorityCatalog authorities, Instant now) {
    Set<Found> found = new LinkedHashSet<>();
    for (CertificateProfile profile : profiles) {
      PolicySet set =
          authorities
              .line(profile.authority())
              .map(AuthorityLine::policySet)
              .orElse(PolicySet.DEFAULT);
      Instant whole = now.plus(profile.validity());
      Instant end = profile.latestEnd().filter(whole::isAfter).orElse(whole);
      for (KeyAlgorithm key : profile.keyAlgorithms()) {
        authorities
            .calendar()
            .judge(
                use(profile, key),
                set,
                now,
                end,
                Set.of(profile.name().value(), profile.authority().value()))
            .forEach(finding -> found.add(new Found(profile.name(), finding)));
      }
    }
    return List.copyOf(found);
  }

  /**
   * What is wrong with profiles beside authorities: an algorithm that is over, an authority that
   * isn't there.
   */
  public static List<ConfigurationFault> faults(
      Collection<CertificateProfile> profiles, AuthorityCatalog authorities, Instant now) {
    List<ConfigurationFault> faults = new ArrayList<>();
    for (Found found : findings(profiles, authorities, now)) {
      if (found.finding().outcome() == Outcome.REFUSED) {
        faults.add(
            new ConfigurationFault(
                found.profile() + ".yaml",
                0,
                "keys",
                found.finding().sentence(Locale.ENGLISH),
                "End it earlier by latest-end, choose another kind of key, or record an exception"
                    + " in exceptions.yaml."));
      }
    }
    for (CertificateProfile profile : profiles) {
      if (!authorities.lines().isEmpty() && authorities.line(profile.authority()).isEmpty()) {
        faults.add(
            new ConfigurationFault(
                profile.name() + ".yaml",
                0,
                "authority",
                "there is no authority " + profile.authority(),
                "Name one of hierarchy.yaml; a line's name, not a later generation's. One that waits"
                    + " for its external superior comes in by 'ceremony external-install'."));
      }
    }
    return faults;
  }

  private static AlgorithmUse use(CertificateProfile profile, KeyAlgorithm key) {
    return new AlgorithmUse(
        profile.purpose() == Purpose.ENCRYPTION
            ? AlgorithmUse.Purpose.ENCRYPTION
            : AlgorithmUse.Purpose.SIGNATURE,
        key.isElliptic() ? Scheme.ELLIPTIC : Scheme.RSA);
  }
}
