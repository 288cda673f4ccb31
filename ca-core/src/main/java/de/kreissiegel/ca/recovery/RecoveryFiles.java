package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.keyfile.TransportPassword;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes files and gives them out. The file goes to who collects it, by their log-in; its password
 * goes to the officer, who says it to them. What is stored between the two is the encrypted file.
 */
final class RecoveryFiles {
  private static final Duration TERM = Duration.ofHours(24);

  private final RecoveryDesk.Books books;
  private final RecoverySight sight;
  private final KeyOpening opening;
  private final RecoveryDecisions decisions;
  private final RecoveryTrail trail;
  private final Clock clock;
  private final SecureRandom random;

  RecoveryFiles(
      RecoveryDesk.Books books,
      RecoverySight sight,
      KeyOpening opening,
      RecoveryDecisions decisions,
      RecoveryTrail trail,
      Clock clock,
      SecureRandom random) {
    this.books = books;
    this.sight = sight;
    this.opening = opening;
    this.decisions = decisions;
    this.trail = trail;
    this.clock = clock;
    this.random = random;
  }

  RecoveryDesk.Released release(Actor.Person officer, RecoveryId id) throws Refused {
    Recovery seen = sight.view(officer, id);
    sight.requireOfficer(officer, seen);
    sight.forbidOwn(officer, seen);
    seen.requireReleasable(officer.id(), now());
    if (!decisions.ended(seen).isEmpty()) {
      throw new Refused(
          RefusalReason.SIGNATURE_ENDED, "the certificate behind a signature is no longer good");
    }
    char[] password = TransportPassword.random(random);
    try {
      // No transaction is open while the vault is asked; it answers the same again if this breaks.
      KeyOpening.Opened opened = opening.open(seen, password);
      Optional<Recovery.Ready> ready =
          books
              .transactions()
              .<Optional<Recovery.Ready>, Refused>inTransaction(
                  transaction -> store(transaction, officer, seen, opened));
      return new RecoveryDesk.Released(
          ready.orElseThrow(
              () -> new Refused(RefusalReason.WRONG_STATE, "no copy could be opened")),
          new String(password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private Optional<Recovery.Ready> store(
      Transaction transaction, Actor.Person officer, Recovery seen, KeyOpening.Opened opened)
      throws Refused {
    Recovery recovery =
        books
            .recoveries()
            .lock(transaction, seen.id())
            .filter(seen::equals)
            .orElseThrow(
                () -> new Refused(RefusalReason.WRONG_STATE, "somebody was faster; look again"));
    opened
        .damaged()
        .forEach(
            (item, why) ->
                trail.ofKey(
                    transaction,
                    RecoveryTrail.SYSTEM,
                    "recovery.damaged",
                    recovery,
                    item,
                    "why=" + why));
    if (opened.file().isEmpty()) {
      Recovery failed =
          recovery.ended(
              Recovery.Ending.FAILED,
              officer.auditName(),
              officer.displayName(),
              now(),
              "no copy could be opened");
      books.recoveries().settle(transaction, failed);
      trail.note(transaction, officer, "recovery.failed", failed, "");
      return Optional.empty();
    }
    Recovery.Ready ready =
        recovery.ready(
            Said.now(officer, clock),
            new Recovery.Offer(FileId.random(random), now().plus(TERM), opened.damaged().size()));
    books.recoveries().offer(transaction, ready, opened.file().get());
    for (Recovery.Item item : recovery.terms().items()) {
      if (!opened.damaged().containsKey(item)) {
        trail.ofKey(transaction, officer, "recovery.key-released", recovery, item, "");
      }
    }
    trail.note(
        transaction,
        officer,
        "recovery.released",
        ready,
        "keys=%d damaged=%d"
            .formatted(
                ready.terms().items().size() - ready.offer().damaged(), ready.offer().damaged()));
    trail.note(transaction, RecoveryTrail.SYSTEM, "recovery.offered", ready, "");
    return Optional.of(ready);
  }

  Recovery.Ready offered(Actor.Person person, FileId file) throws Refused {
    return books
        .transactions()
        .<Recovery.Ready, Refused>inTransaction(transaction -> offered(transaction, person, file));
  }

  private Recovery.Ready offered(Transaction transaction, Actor.Person person, FileId file)
      throws Refused {
    return books
        .recoveries()
        .lock(transaction, file)
        .filter(one -> one.terms().collector().equals(person.id()))
        .filter(Recovery.Ready.class::isInstance)
        .map(Recovery.Ready.class::cast)
        .filter(one -> now().isBefore(one.offer().until()))
        .orElseThrow(
            () -> new Refused(RefusalReason.NOT_FOUND, "no file waits here, or not any more"));
  }

  Bytes collect(Actor.Person person, FileId id) throws Refused {
    return books
        .transactions()
        .<Bytes, Refused>inTransaction(
            transaction -> {
              Recovery.Ready ready = offered(transaction, person, id);
              Bytes file = books.recoveries().file(transaction, ready.id());
              var collected =
                  new Recovery.Collected(
                      ready.terms(),
                      ready.given(),
                      ready.released(),
                      ready.offer().damaged(),
                      now());
              books.recoveries().settle(transaction, collected);
              trail.note(transaction, person, "recovery.collected", collected, "");
              return file;
            });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
