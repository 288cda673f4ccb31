package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.letter.Story.Audience;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who has to hear of something, and by which addresses, as the directory says now. */
final class Addressees {
  private final LetterBook book;
  private final SubjectDirectory directory;
  private final Set<String> officerProfiles;
  private final String operator;
  private final Clock clock;

  Addressees(
      LetterBook book,
      SubjectDirectory directory,
      ProfileCatalog profiles,
      String operator,
      Clock clock) {
    this.book = book;
    this.directory = directory;
    this.officerProfiles =
        profiles.all().stream()
            .filter(CertificateProfile::makesOfficers)
            .map(profile -> profile.name().value())
            .collect(Collectors.toUnmodifiableSet());
    this.operator = operator;
    this.clock = clock;
  }

  /**
   * Somebody who gets a letter.
   *
   * @param id empty for whoever runs the house
   */
  record Addressee(Optional<SubjectId> id, String address) {}

  /** Who hears; nobody, if they have left or have no address. */
  List<Addressee> of(Audience audience) throws DirectoryUnavailable {
    return switch (audience) {
      case Audience.Holder holder -> holders(holder.subject());
      case Audience.Officers officers -> officers(officers);
      case Audience.HolderOrLeads one -> holdersOrLeads(one);
      case Audience.Revisors _ -> revisors();
      case Audience.House _ -> List.of(house());
    };
  }

  private List<Addressee> revisors() throws DirectoryUnavailable {
    var found =
        new ArrayList<>(
            people(directory.revisors().stream().map(Subject::id).collect(Collectors.toSet())));
    found.add(house());
    return found;
  }

  /** As the directory calls it; its id where it isn't there any more. */
  String nameOf(SubjectId subject) throws DirectoryUnavailable {
    return directory.find(subject).map(Subject::commonName).orElse(subject.value());
  }

  private List<Addressee> holders(SubjectId id) throws DirectoryUnavailable {
    Optional<Subject> subject = directory.find(id);
    if (subject.isEmpty()) {
      return List.of();
    }
    return subject.get().kind() == SubjectKind.PERSON
        ? people(Set.of(id))
        : people(subject.get().responsible());
  }

  private List<Addressee> holdersOrLeads(Audience.HolderOrLeads one) throws DirectoryUnavailable {
    List<Addressee> there = holders(one.subject());
    return there.isEmpty()
        ? officers(new Audience.Officers(one.tenant(), Audience.Task.APPOINTING, Set.of(), true))
        : there;
  }

  /**
   * Where there is no officer, nothing waits in silence: those hear of it who appoint them, and
   * where there is nobody of them, whoever runs the house.
   */
  private List<Addressee> officers(Audience.Officers wanted) throws DirectoryUnavailable {
    Set<SubjectId> leads = book.leads(officerProfiles, clock.instant());
    Set<SubjectId> hearing = new HashSet<>();
    if (wanted.task() != Audience.Task.APPOINTING) {
      hearing.addAll(book.officers(wanted.tenant(), officerProfiles, clock.instant()));
    }
    if (wanted.task() != Audience.Task.DECIDING) {
      hearing.addAll(leads);
    }
    List<Addressee> found = new ArrayList<>(people(without(hearing, wanted.except())));
    if (found.isEmpty()) {
      found.addAll(people(without(leads, wanted.except())));
    }
    if (found.isEmpty() || wanted.house()) {
      found.add(house());
    }
    return found;
  }

  private static Set<SubjectId> without(Set<SubjectId> some, Set<SubjectId> others) {
    var rest = new HashSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private List<Addressee> people(Set<SubjectId> ids) throws DirectoryUnavailable {
    List<Addressee> found = new ArrayList<>();
    for (SubjectId id : ids.stream().sorted((a, b) -> a.value().compareTo(b.value())).toList()) {
      directory
          .find(id)
          .filter(Subject::enabled)
          .flatMap(Subject::mail)
          .map(mail -> new Addressee(Optional.of(id), mail))
          .ifPresent(found::add);
    }
    return found;
  }

  private Addressee house() {
    return new Addressee(Optional.empty(), operator);
  }
}
