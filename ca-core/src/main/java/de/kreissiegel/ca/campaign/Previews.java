package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Says beforehand what a campaign would do. */
final class Previews {
  /** As many holders as are looked up while somebody waits for the page. */
  private static final int LOOKED_UP = 500;

  private static final int TIGHT_DAYS = 7;

  private final SubjectDirectory directory;
  private final ProfileCatalog profiles;
  private final AuthorityCatalog authorities;
  private final BusinessHours hours;

  Previews(
      SubjectDirectory directory,
      ProfileCatalog profiles,
      AuthorityCatalog authorities,
      BusinessHours hours) {
    this.directory = directory;
    this.profiles = profiles;
    this.authorities = authorities;
    this.hours = hours;
  }

  /** The kinds that machines ask for, or nobody: their holders can't renew by a click. */
  Set<ProfileName> machines() {
    return profiles.all().stream()
        .filter(one -> one.machines() || !one.offered())
        .map(CertificateProfile::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @param found what the goal is about, one more than a campaign takes if there are too many
   * @param sends whether letters are sent at all
   */
  Preview of(Campaign campaign, List<Candidate> found, int most, boolean sends, Instant now) {
    boolean tooMany = found.size() > most;
    List<Candidate> some = tooMany ? found.subList(0, most) : found;
    Set<ProfileName> machines = machines();
    List<SubjectId> holders =
        some.stream()
            .filter(one -> !one.done() && !machines.contains(one.profile()))
            .map(Candidate::holder)
            .toList();
    Preview.Addressees addressees = addressees(holders);
    int letters = holders.size() - addressees.nobody();
    Terms terms = campaign.terms();
    SortedMap<LocalDate, Integer> load = new Pace(terms.perDay(), hours).plan(now, letters);
    var preview =
        new Preview(
            parts(some, machines),
            tooMany,
            addressees,
            load,
            Pace.needed(hours, now, terms.due(), letters),
            List.of());
    return new Preview(
        preview.parts(),
        tooMany,
        addressees,
        load,
        preview.needed(),
        warnings(campaign, preview, sends, now));
  }

  private static List<Preview.Part> parts(List<Candidate> some, Set<ProfileName> machines) {
    Map<List<String>, Preview.Part> parts = new LinkedHashMap<>();
    for (Candidate one : some) {
      boolean machine = !one.done() && machines.contains(one.profile());
      parts.merge(
          List.of(one.tenant().value(), one.profile().value()),
          new Preview.Part(one.tenant(), one.profile(), 1, one.done() ? 1 : 0, machine ? 1 : 0),
          (a, b) ->
              new Preview.Part(
                  a.tenant(),
                  a.profile(),
                  a.count() + b.count(),
                  a.done() + b.done(),
                  a.machine() + b.machine()));
    }
    return List.copyOf(parts.values());
  }

  /** Who bears a pseudonym is none of the directory's, and is found when the letter is written. */
  private Preview.Addressees addressees(List<SubjectId> holders) {
    var reachable = new Reachable(directory);
    int nobody = 0;
    int looked = 0;
    try {
      for (SubjectId one : holders.subList(0, Math.min(LOOKED_UP, holders.size()))) {
        nobody += Pseudonym.isHolder(one) || reachable.is(one) ? 0 : 1;
        looked++;
      }
      return new Preview.Addressees(looked, holders.size(), nobody, false);
    } catch (DirectoryUnavailable away) {
      return new Preview.Addressees(looked, holders.size(), nobody, true);
    }
  }

  private List<Preview.Warning> warnings(
      Campaign campaign, Preview preview, boolean sends, Instant now) {
    List<Preview.Warning> warnings = new ArrayList<>();
    LocalDate due = campaign.terms().due();
    if (preview.total() == preview.done()) {
      warnings.add(Preview.Warning.NOTHING);
    } else if (isHopeless(campaign.goal(), preview.parts(), now)) {
      warnings.add(Preview.Warning.HOPELESS);
    }
    if (preview.tooMany()) {
      warnings.add(Preview.Warning.TOO_MANY);
    }
    if (!sends) {
      warnings.add(Preview.Warning.NO_MAIL);
    }
    if (due.isBefore(hours.dayOf(now))) {
      warnings.add(Preview.Warning.DAY_PASSED);
    } else {
      preview
          .lastDay()
          .filter(last -> last.isAfter(due.minusDays(TIGHT_DAYS)))
          .map(last -> last.isAfter(due) ? Preview.Warning.TOO_SLOW : Preview.Warning.TIGHT)
          .ifPresent(warnings::add);
    }
    return warnings;
  }

  /**
   * Whether what is issued now, of each kind that it is about, would be what the goal is about
   * again. Of a kind of key nobody knows: the holder's device chooses it.
   */
  private boolean isHopeless(Goal goal, List<Preview.Part> parts, Instant now) {
    return goal.keyKind().isEmpty()
        && parts.stream()
            .filter(one -> one.count() > one.done())
            .map(Preview.Part::profile)
            .distinct()
            .allMatch(name -> profiles.find(name).map(it -> matches(goal, it, now)).orElse(true));
  }

  private boolean matches(Goal goal, CertificateProfile profile, Instant now) {
    boolean issuesThere =
        goal.authority()
            .map(
                old ->
                    authorities
                        .issuing(profile.authority(), now)
                        .filter(one -> !one.name().equals(old))
                        .isEmpty())
            .orElse(true);
    boolean endsThere =
        goal.endsBefore().map(day -> now.plus(profile.validity()).isBefore(day)).orElse(true);
    return issuesThere && endsThere;
  }
}
