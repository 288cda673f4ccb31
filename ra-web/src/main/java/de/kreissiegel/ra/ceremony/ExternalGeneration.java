package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Standing;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The next generation of an authority under an external superior: its names and its place, checked
 * before anybody enters.
 *
 * @param planned as the plan has the line
 * @param before the line so far; none before the first generation
 * @param algorithm of its key
 */
record ExternalGeneration(
    IssuingAuthority planned, Optional<AuthorityLine> before, KeyAlgorithm algorithm) {

  /**
   * The one that the plan means by a line's name.
   *
   * @return none if the plan has no such authority under an external superior
   */
  static Optional<ExternalGeneration> next(
      Room room, Place place, AuthorityName line, Optional<KeyAlgorithm> algorithm)
      throws CeremonyFailed, IOException {
    AuthorityCatalog catalog = AuthorityFiles.read(place.authorities());
    Optional<IssuingAuthority> planned =
        room.plan().hierarchy().issuing().stream()
            .filter(one -> one.external() && one.name().equals(line))
            .findFirst();
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    KeyAlgorithm chosen =
        algorithm.orElse(KeyAlgorithm.ofWord(room.plan().algorithm(planned.get().key())));
    CalendarCheck.require(
        room,
        catalog.calendar(),
        line.value(),
        chosen,
        planned.get().policySet(),
        room.plan().hierarchy().issuingValidity());
    return Optional.of(new ExternalGeneration(planned.get(), catalog.line(line), chosen));
  }

  /** The one that is called so, as {@code people-2}; none if it isn't a next one. */
  static Optional<ExternalGeneration> called(Room room, Place place, AuthorityName generation)
      throws CeremonyFailed, IOException {
    for (IssuingAuthority one : room.plan().hierarchy().issuing()) {
      Optional<ExternalGeneration> next = next(room, place, one.name(), Optional.empty());
      if (next.filter(found -> found.name().equals(generation)).isPresent()) {
        return next;
      }
    }
    return Optional.empty();
  }

  AuthorityName name() {
    return generation().name();
  }

  AuthorityName line() {
    return planned.name();
  }

  int number() {
    return before.map(line -> line.newest().number() + 1).orElse(1);
  }

  IssuingAuthority generation() {
    return planned.generation(number());
  }

  Optional<Generation> old() {
    return before.map(AuthorityLine::newest);
  }

  KeyAlgorithm responderAlgorithm(Room room) {
    return KeyAlgorithm.ofWord(room.plan().algorithm(planned.ocspKey()));
  }

  /** Its place in its line, issuing from then on. */
  Standing standing(Instant begins) {
    return number() == 1
        ? new Standing(
            line(), 1, planned.policySet(), Optional.of(begins), Optional.empty(), Optional.empty())
        : Standing.later(line(), number(), planned.policySet(), begins);
  }
}
