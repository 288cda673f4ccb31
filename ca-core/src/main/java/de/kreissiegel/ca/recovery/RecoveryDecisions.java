package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.Reasons;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.approval.ReleaseStatement;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Officers sign or refuse; others take back or object; time ends what is left. */
final class RecoveryDecisions {
  private final RecoveryDesk.Books books;
  private final RecoverySight sight;
  private final ReleaseStatements statements;
  private final RecoveryTrail trail;
  private final Clock clock;

  RecoveryDecisions(
      RecoveryDesk.Books books,
      RecoverySight sight,
      ReleaseStatements statements,
      RecoveryTrail trail,
      Clock clock) {
    this.books = books;
    this.sight = sight;
    this.statements = statements;
    this.trail = trail;
    this.clock = clock;
  }

  ReleaseStatement statement(Actor.Person officer, RecoveryId id, UUID release) throws Refused {
    Recovery recovery = sight.view(officer, id);
    waiting(officer, recovery, ended(recovery)).approved(Said.now(officer, clock));
    Recovery.Item item =
        recovery.terms().items().stream()
            .filter(one -> one.release().equals(release))
            .findFirst()
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such key in it"));
    return ReleaseStatements.statement(recovery.terms(), item, now());
  }

  List<Bytes> certificates(Actor.Person officer, Recovery recovery) {
    return statements.certificatesFor(officer, recovery.terms(), now());
  }

  /** Those of the given signatures that count no more; none where no file can be made any more. */
  Set<Said> ended(Recovery recovery) {
    return recovery.isOpen()
        ? statements.ended(recovery, books.recoveries().signaturesOfOfficers(recovery.id()), now())
        : Set.of();
  }

  Recovery approve(Actor.Person officer, RecoveryId id, List<Bytes> signatures) throws Refused {
    Recovery seen = sight.view(officer, id);
    Set<Said> ended = ended(seen);
    waiting(officer, seen, ended).approved(Said.now(officer, clock));
    Map<UUID, Bytes> verified = statements.verified(officer, seen.terms(), signatures, now());
    return locked(
        id,
        (transaction, recovery) -> {
          Recovery next = waiting(officer, recovery, ended).approved(Said.now(officer, clock));
          for (Said one : recovery.given()) {
            if (ended.contains(one)) {
              books.recoveries().revoke(transaction, id, one.by(), now());
              trail.note(
                  transaction,
                  RecoveryTrail.SYSTEM,
                  "recovery.signature-ended",
                  recovery,
                  "officer=%s name=%s".formatted(one.by(), one.name()));
            }
          }
          books.recoveries().sign(transaction, next, officer.id(), verified);
          String count = next.given().size() + " of " + next.terms().needed();
          trail.note(transaction, officer, "recovery.signed", next, count);
          if (next instanceof Recovery.Approved) {
            trail.note(transaction, RecoveryTrail.SYSTEM, "recovery.approved", next, count);
          }
          return next;
        });
  }

  private Recovery.Requested waiting(Actor.Person officer, Recovery recovery, Set<Said> ended)
      throws Refused {
    sight.requireOfficer(officer, recovery);
    sight.forbidOwn(officer, recovery);
    if (!(recovery.without(ended) instanceof Recovery.Requested requested)
        || !now().isBefore(recovery.terms().until())) {
      throw new Refused(RefusalReason.WRONG_STATE, "it doesn't wait for signatures");
    }
    return requested;
  }

  Recovery refuse(Actor.Person officer, RecoveryId id, String reason) throws Refused {
    String words = Reasons.clean(reason);
    return locked(
        id,
        (transaction, recovery) -> {
          sight.requireOfficer(officer, recovery);
          return end(transaction, officer, recovery, Recovery.Ending.REFUSED, words);
        });
  }

  Recovery withdraw(Actor.Person person, RecoveryId id) throws Refused {
    return locked(
        id,
        (transaction, recovery) -> {
          if (!sight.sees(person, recovery)) {
            throw new Refused(RefusalReason.NOT_FOUND, "no such recovery");
          }
          if (!recovery.terms().requested().by().equals(person.id())) {
            // Whose keys they are is told; what a court wants isn't theirs to stop.
            throw new Refused(
                RefusalReason.NOT_AUTHORIZED, "who asked takes it back; officers refuse");
          }
          return end(transaction, person, recovery, Recovery.Ending.WITHDRAWN, "");
        });
  }

  private Recovery end(
      Transaction transaction,
      Actor.Person person,
      Recovery recovery,
      Recovery.Ending how,
      String reason)
      throws Refused {
    Recovery ended = recovery.ended(how, person.auditName(), person.displayName(), now(), reason);
    books.recoveries().settle(transaction, ended);
    trail.note(
        transaction,
        person,
        how == Recovery.Ending.REFUSED ? "recovery.refused" : "recovery.withdrawn",
        ended,
        reason.isEmpty() ? "" : "reason=" + reason);
    return ended;
  }

  void expireOld() {
    books
        .transactions()
        .<Boolean, IllegalStateException>inTransaction(
            transaction -> {
              Instant before = now().minus(Recovery.Terms.TERM);
              for (Recovery one : books.recoveries().lockOverdue(transaction, before, now())) {
                expire(transaction, one);
              }
              return true;
            });
  }

  private void expire(Transaction transaction, Recovery recovery) {
    try {
      Recovery ended =
          recovery.ended(
              Recovery.Ending.EXPIRED,
              RecoveryTrail.SYSTEM.auditName(),
              RecoveryTrail.SYSTEM.auditName(),
              now(),
              "");
      books.recoveries().settle(transaction, ended);
      trail.note(transaction, RecoveryTrail.SYSTEM, "recovery.expired", ended, "");
    } catch (Refused impossible) {
      throw new IllegalStateException("only open ones are overdue", impossible);
    }
  }

  /** What is done with one that is locked. */
  private interface Step {
    Recovery take(Transaction transaction, Recovery recovery) throws Refused;
  }

  private Recovery locked(RecoveryId id, Step step) throws Refused {
    return books
        .transactions()
        .<Recovery, Refused>inTransaction(
            transaction ->
                step.take(
                    transaction,
                    books
                        .recoveries()
                        .lock(transaction, id)
                        .orElseThrow(
                            () -> new Refused(RefusalReason.NOT_FOUND, "no such recovery"))));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
