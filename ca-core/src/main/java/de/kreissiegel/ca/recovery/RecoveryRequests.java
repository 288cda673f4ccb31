package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.Decision;
import de.kreissiegel.ca.escrow.Escrowed;
import de.kreissiegel.ca.escrow.RandomId;
import de.kreissiegel.ca.escrow.Reasons;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.issuance.Organizations;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes in what people ask for. */
final class RecoveryRequests {
  /** An officer signs for each, in one form. */
  private static final int MOST_KEYS = 60;

  /** So many whose names have the wanted one in them. */
  private static final int MOST_ALIKE = 50;

  private final RecoveryDesk.Books books;
  private final RecoveryDesk.People people;
  private final RecoverySight sight;
  private final RecoveryTrail trail;
  private final Clock clock;
  private final SecureRandom random;

  RecoveryRequests(
      RecoveryDesk.Books books,
      RecoveryDesk.People people,
      RecoverySight sight,
      RecoveryTrail trail,
      Clock clock,
      SecureRandom random) {
    this.books = books;
    this.people = people;
    this.sight = sight;
    this.trail = trail;
    this.clock = clock;
    this.random = random;
  }

  Recovery request(Actor.Person actor, RecoveryWish wish) throws Refused {
    boolean own = sight.isOwn(actor, wish);
    if (!own && !AccessRules.allows(actor, Action.RECOVER, wish.tenant())) {
      throw nothing();
    }
    List<Escrowed> keys = sight.keysOf(wish).stream().limit(MOST_KEYS).toList();
    if (keys.isEmpty()) {
      throw nothing();
    }
    String reason = Reasons.clean(wish.reason());
    Collector collector =
        own || wish.collector().isBlank()
            ? new Collector(actor.id(), actor.displayName())
            : named(wish.tenant(), wish.collector().strip());
    var requested =
        new Recovery.Requested(
            new Recovery.Terms(
                new RecoveryId(RandomId.of(random)),
                wish.tenant(),
                wish.owner(),
                nameOf(keys.getFirst()),
                organization(wish.tenant()),
                Said.now(actor, clock),
                collector.id(),
                collector.name(),
                reason,
                officers(wish.tenant()),
                keys.stream().map(this::item).toList()),
            List.of());
    return books
        .transactions()
        .<Recovery, Refused>inTransaction(
            transaction -> {
              if (!books.recoveries().insert(transaction, requested)) {
                throw new Refused(
                    RefusalReason.DUPLICATE, "somebody has asked for these keys already");
              }
              trail.note(
                  transaction,
                  actor,
                  "recovery.requested",
                  requested,
                  "owner=%s collector=%s keys=%d reason=%s"
                      .formatted(wish.owner(), collector.id(), keys.size(), reason));
              trail.note(
                  transaction,
                  RecoveryTrail.SYSTEM,
                  "recovery.waiting",
                  requested,
                  "officers=" + requested.terms().needed());
              return requested;
            });
  }

  private Recovery.Item item(Escrowed key) {
    return new Recovery.Item(
        RandomId.of(random),
        key.copy().keyHash(),
        key.authority(),
        key.serial(),
        key.copy().vaultKey(),
        key.copy().wrappingHash());
  }

  private static Refused nothing() {
    return new Refused(RefusalReason.NOT_FOUND, "no escrowed keys of theirs");
  }

  /** As the tenant has decided, whether it goes on with escrow or not. */
  private int officers(TenantId tenant) {
    return books
        .decisions()
        .lastConsented(tenant)
        .map(decision -> decision.terms().officers())
        .orElse(Decision.Terms.FEWEST_OFFICERS);
  }

  /** Who gets the file. */
  private record Collector(SubjectId id, String name) {}

  /** The only person who works for the tenant and is called so. */
  private Collector named(TenantId tenant, String name) throws Refused {
    try {
      // The directory finds parts of names, too, and keys go to nobody by a part of a name.
      List<Subject> found =
          people.directory().search(tenant, SubjectKind.PERSON, name, MOST_ALIKE).stream()
              .filter(one -> isCalled(one, name))
              .toList();
      if (found.size() != 1 || !found.getFirst().enabled()) {
        throw new Refused(
            RefusalReason.SUBJECT_DISABLED, "nobody, or not one alone, is called so there");
      }
      return new Collector(found.getFirst().id(), found.getFirst().commonName());
    } catch (DirectoryUnavailable unavailable) {
      throw away();
    }
  }

  private static boolean isCalled(Subject one, String name) {
    return Stream.of(Optional.of(one.commonName()), one.login(), one.mail())
        .flatMap(Optional::stream)
        .anyMatch(name::equalsIgnoreCase);
  }

  /** As the directory calls them; who has left it, as their certificate does. */
  private String nameOf(Escrowed key) throws Refused {
    try {
      return people.directory().find(key.owner()).map(Subject::commonName).orElse(key.ownerName());
    } catch (DirectoryUnavailable unavailable) {
      throw away();
    }
  }

  private String organization(TenantId tenant) throws Refused {
    try {
      return people.directory().tenants().stream()
          .filter(one -> one.id().equals(tenant))
          .map(one -> Organizations.inCertificates(one.name()))
          .findFirst()
          .orElseThrow(RecoveryRequests::nothing);
    } catch (DirectoryUnavailable unavailable) {
      throw away();
    }
  }

  private static Refused away() {
    return new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory does not answer");
  }
}
