package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Standing;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.PlanCalendar;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;

/** Which generation comes next: its names, its keys, its limits. Checked before anybody enters. */
final class NextGeneration {
  /** The certificates are made a little later than the policies that limit them. */
  private static final Duration MAKING = Duration.ofDays(1);

  private final Room room;
  private final AuthorityCatalog catalog;
  private final AuthorityLine line;
  private final Instant begins;
  private final KeyAlgorithm algorithm;

  private NextGeneration(
      Room room,
      AuthorityCatalog catalog,
      AuthorityLine line,
      Instant begins,
      KeyAlgorithm algorithm) {
    this.room = room;
    this.catalog = catalog;
    this.line = line;
    this.begins = begins;
    this.algorithm = algorithm;
  }

  static NextGeneration of(
      Room room,
      Place place,
      AuthorityName name,
      Optional<Instant> from,
      Optional<KeyAlgorithm> algorithm)
      throws CeremonyFailed, IOException {
    Words words = room.words();
    AuthorityCatalog catalog = AuthorityFiles.read(place.authorities());
    AuthorityLine line =
        catalog.line(name).orElseThrow(() -> new CeremonyFailed(words.say("fail.authority", name)));
    if (catalog.takenOver(name).isPresent()) {
      throw new CeremonyFailed(words.say("fail.takeover.only", name));
    }
    if (!catalog.superiors(line.newest().authority().name()).isEmpty()) {
      throw new CeremonyFailed(words.say("fail.rollover.external", name));
    }
    Instant now = room.minutes().now();
    Generation newest = line.newest();
    Instant begins = from.orElse(now);
    if (newest.issuesFrom().isAfter(now)) {
      throw new CeremonyFailed(words.say("fail.rollover.planned", newest.authority().name()));
    }
    if (begins.isBefore(now) || begins.isAfter(newest.authority().notAfter())) {
      throw new CeremonyFailed(
          words.say("fail.rollover.day", words.day(newest.authority().notAfter())));
    }
    KeyAlgorithm chosen = algorithm.orElse(KeyAlgorithm.ofWord(planned(room, line)));
    var next = new NextGeneration(room, catalog, line, begins, chosen);
    CalendarCheck.require(
        room, catalog.calendar(), name.value(), chosen, line.policySet(), next.validity());
    return next;
  }

  private static String planned(Room room, AuthorityLine line) {
    return room.plan().algorithm(line.generations().getFirst().authority().key());
  }

  private Period validity() {
    HierarchyPlan plan = room.plan().hierarchy();
    return isRoot() ? plan.rootValidity() : plan.issuingValidity();
  }

  boolean isRoot() {
    return line.isRoot();
  }

  AuthorityName line() {
    return line.name();
  }

  int number() {
    return line.newest().number() + 1;
  }

  Authority old() {
    return line.newest().authority();
  }

  KeyId oldKey() {
    return old().key();
  }

  KeyId oldResponderKey() {
    return old().ocspKey().orElse(old().key());
  }

  Instant begins() {
    return begins;
  }

  KeyAlgorithm algorithm() {
    return algorithm;
  }

  KeyAlgorithm responderAlgorithm() throws CeremonyFailed {
    return KeyAlgorithm.ofWord(room.plan().algorithm(ofPlan().ocspKey()));
  }

  IssuingAuthority issuing() throws CeremonyFailed {
    return ofPlan().generation(number());
  }

  HierarchyPlan rootPlan() {
    return room.plan().hierarchy().withRootGeneration(number());
  }

  /** What the old key may sign from the day on which this one issues. */
  KeyPolicy retiring() throws CeremonyFailed {
    var policies = room.plan().policies();
    return isRoot()
        ? policies.retiringRoot()
        : policies.retiring(ofPlan().generation(number() - 1), line(), old().notAfter());
  }

  private IssuingAuthority ofPlan() throws CeremonyFailed {
    return room.plan().hierarchy().issuing().stream()
        .filter(one -> one.name().equals(line.name()))
        .findFirst()
        .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.rollover.plan", line.name())));
  }

  /** The root's generation that issues now. */
  Authority root() throws CeremonyFailed {
    return catalog.lines().stream()
        .filter(AuthorityLine::isRoot)
        .filter(
            one ->
                one.generations().stream()
                    .anyMatch(
                        generation -> old().chain().contains(generation.authority().certificate())))
        .findFirst()
        .flatMap(one -> one.active(room.minutes().now()))
        .map(Generation::authority)
        .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.rollover.root", line.name())));
  }

  /** What the algorithm calendar allows at most. */
  Optional<Instant> latestEnd() {
    return PlanCalendar.latestEnd(
        catalog.calendar(), line.name().value(), algorithm, line.policySet(), room.minutes().now());
  }

  /** After which the new key's policy lets it certify nothing. */
  Instant limit() {
    return room.minutes().now().atOffset(ZoneOffset.UTC).plus(validity()).toInstant().plus(MAKING);
  }

  Standing standing() {
    return Standing.later(line.name(), number(), line.policySet(), begins);
  }
}
