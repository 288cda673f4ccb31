package de.kreissiegel.ca.handover;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The door for files on their way from a desk to a phone. */
public final class HandoverDesk {
  private static final Duration TERM = Duration.ofMinutes(10);

  /** What is longer is no code with some blanks in it. */
  private static final int LONGEST_TYPED = 32;

  /** The phone doesn't log in: what it does is done by nobody in particular. */
  private static final Actor PHONE = new Actor.Component("handover");

  private static final Actor BEARER = new Actor.Component("pseudonym-bearer");

  private final Books books;
  private final CertificateInventory inventory;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * What is written in one transaction.
   *
   * @param transactions opens it
   * @param handovers files on their way
   * @param audit who did what
   */
  public record Books(Transactions transactions, HandoverBook handovers, AuditTrail audit) {}

  /**
   * @param random for ids, codes and salts
   */
  public HandoverDesk(
      Books books, CertificateInventory inventory, Clock clock, SecureRandom random) {
    this.books = books;
    this.inventory = inventory;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What the desk shows.
   *
   * @param id for the address in the QR code
   * @param code six digits, to be typed on the phone
   * @param until when it is over
   */
  public record Offered(HandoverId id, String code, Instant until) {}

  /**
   * Takes an encrypted file of one of the person's own certificates; an older one of the same
   * certificate is destroyed.
   *
   * @param sealed 1 to {@value StoredHandover#MOST_OCTETS} octets that mean nothing here
   * @throws Refused NOT_FOUND (not one of their own); BAD_DATA_FORMAT (empty or too long)
   */
  public Offered offer(
      Actor.Person person, AuthorityName authority, SerialNumber serial, Bytes sealed)
      throws Refused {
    StoredCertificate certificate = inventory.viewOwn(person, authority, serial);
    if (sealed.length() == 0 || sealed.length() > StoredHandover.MOST_OCTETS) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "a file of 1 to 65536 octets is needed");
    }
    String digits = HandoverCode.random(random);
    var handover =
        new StoredHandover(
            HandoverId.random(random),
            certificate.auditName(),
            certificate.tenant(),
            HandoverCode.of(digits, random),
            sealed,
            now().plus(TERM),
            0);
    // Beside a pseudonym the trail doesn't tell whose it is.
    boolean pseudonymous = certificate.subject().filter(Pseudonym::isHolder).isPresent();
    done(
        transaction -> {
          books.handovers().put(transaction, handover);
          note(transaction, pseudonymous ? BEARER : person, "handover.made", handover, "");
          return true;
        });
    return new Offered(handover.id(), digits, handover.until());
  }

  /**
   * Gives the encrypted file out to whoever knows its id and its code, and destroys it. The fifth
   * wrong code destroys it, too.
   *
   * @throws Refused NOT_FOUND (never was, was given out, over, destroyed: not told apart);
   *     WRONG_CODE
   */
  public Bytes collect(HandoverId id, String typed) throws Refused {
    String digits = typed.length() > LONGEST_TYPED ? "" : typed.replaceAll("\\s", "");
    Outcome outcome = done(transaction -> tried(transaction, id, digits));
    return switch (outcome) {
      case Outcome.Given(Bytes sealed) -> sealed;
      case Outcome.Wrong(int left) ->
          throw new Refused(RefusalReason.WRONG_CODE, left + " more attempts");
      case Outcome.Gone _ -> throw gone();
    };
  }

  private sealed interface Outcome {
    record Given(Bytes sealed) implements Outcome {}

    record Wrong(int left) implements Outcome {}

    record Gone() implements Outcome {}
  }

  private Outcome tried(Transaction transaction, HandoverId id, String typed) {
    Optional<StoredHandover> found =
        books.handovers().lock(transaction, id).filter(one -> now().isBefore(one.until()));
    if (found.isEmpty()) {
      return new Outcome.Gone();
    }
    StoredHandover handover = found.get();
    if (handover.code().fits(typed)) {
      books.handovers().destroy(transaction, id);
      note(transaction, PHONE, "handover.collected", handover, "");
      return new Outcome.Given(handover.sealed());
    }
    int failures = handover.failures() + 1;
    String count = "wrong code, " + failures + " of " + StoredHandover.MOST_FAILURES;
    if (failures >= StoredHandover.MOST_FAILURES) {
      books.handovers().destroy(transaction, id);
      note(transaction, PHONE, "handover.refused", handover, count + ", destroyed");
      return new Outcome.Gone();
    }
    books.handovers().countFailure(transaction, id);
    note(transaction, PHONE, "handover.refused", handover, count);
    return new Outcome.Wrong(StoredHandover.MOST_FAILURES - failures);
  }

  /** Destroys those whose time is over. */
  public void expireOld() {
    done(
        transaction -> {
          List<StoredHandover> over = books.handovers().lockExpired(transaction, now());
          over.forEach(one -> books.handovers().destroy(transaction, one.id()));
          over.forEach(one -> note(transaction, PHONE, "handover.expired", one, ""));
          return true;
        });
  }

  private static Refused gone() {
    return new Refused(RefusalReason.NOT_FOUND, "no file waits here, or not any more");
  }

  private void note(
      Transaction transaction, Actor actor, String action, StoredHandover handover, String detail) {
    books
        .audit()
        .append(transaction, actor, action, handover.tenant(), handover.certificate(), detail);
  }

  private <T> T done(Transactions.Work<T, RuntimeException> work) {
    return books.transactions().inTransaction(work);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
