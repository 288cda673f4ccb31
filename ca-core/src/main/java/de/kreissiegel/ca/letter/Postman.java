package de.kreissiegel.ca.letter;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.letter.LetterBook.Lent;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sends letters in order, each at least once. If the server is away, nothing is tried for a while
 * and no letter is the worse for it; one that isn't taken is tried again after pauses that grow,
 * and given up after some days.
 */
final class Postman {
  private static final System.Logger LOG = System.getLogger(Postman.class.getName());
  private static final Actor SYSTEM = new Actor.Component("mail");
  private static final int AT_ONCE = 20;

  /** Far longer than so many letters take. */
  private static final Duration LEASE = Duration.ofMinutes(30);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(2);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
  private static final Duration LONGEST_AWAY = Duration.ofMinutes(5);

  private final LetterBook book;
  private final Courier courier;
  private final Predicate<Letter> isMoot;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Duration giveUpAfter;
  private final Clock clock;
  private int timesAway;
  private Instant again = Instant.MIN;

  /**
   * @param isMoot whether there is no reason any more to send a letter
   */
  Postman(
      LetterBook book,
      Courier courier,
      Predicate<Letter> isMoot,
      Transactions transactions,
      AuditTrail audit,
      Duration giveUpAfter,
      Clock clock) {
    this.book = book;
    this.courier = courier;
    this.isMoot = isMoot;
    this.transactions = transactions;
    this.audit = audit;
    this.giveUpAfter = giveUpAfter;
    this.clock = clock;
  }

  /** Until nothing is due, or the server is away. */
  synchronized void work() {
    while (!clock.instant().isBefore(again)) {
      List<Lent> lent = book.claim(AT_ONCE, clock.instant(), LEASE);
      if (lent.isEmpty()) {
        return;
      }
      for (int i = 0; i < lent.size(); i++) {
        if (!deliver(lent.get(i))) {
          book.giveBack(
              lent.subList(i, lent.size()).stream().map(Lent::id).toList(), clock.instant());
          return;
        }
      }
    }
  }

  /** Whether it was tried; else the server is away. */
  private boolean deliver(Lent lent) {
    if (isMoot.test(lent.letter())) {
      book.dropped(lent.id(), clock.instant());
      return true;
    }
    try {
      courier.send(lent.letter());
      book.sent(lent.id(), clock.instant());
      isThere();
      return true;
    } catch (Courier.Away away) {
      isAway(away);
      return false;
    } catch (Courier.NotTaken refusal) {
      isThere();
      refused(lent, refusal);
      return true;
    }
  }

  private void refused(Lent lent, Courier.NotTaken refusal) {
    Instant now = clock.instant();
    if (!refusal.isPermanent() && now.isBefore(lent.letter().createdAt().plus(giveUpAfter))) {
      Instant next = now.plus(doubled(FIRST_PAUSE, lent.attempts(), LONGEST_PAUSE));
      book.putOff(lent.id(), next, told(refusal));
      return;
    }
    LOG.log(
        WARNING,
        "a letter ({0}) about {1} is given up: {2}",
        lent.letter().kind(),
        lent.letter().about(),
        told(refusal));
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          if (book.failed(transaction, lent.id(), now, told(refusal))) {
            audit.append(
                transaction,
                SYSTEM,
                "letter.failed",
                lent.letter().tenant(),
                lent.letter().about(),
                detail(lent.letter(), told(refusal)));
          }
          return true;
        });
  }

  private static String told(Courier.NotTaken refusal) {
    return Optional.ofNullable(refusal.getMessage()).orElse("");
  }

  static String detail(Letter letter, String error) {
    return "kind=%s to=%s error=%s"
        .formatted(
            letter.kind().templateName(),
            letter.recipient().map(id -> "person:" + id).orElse("house"),
            error);
  }

  private void isAway(Courier.Away away) {
    Duration pause = doubled(Duration.ofSeconds(5), ++timesAway, LONGEST_AWAY);
    again = clock.instant().plus(pause);
    if (timesAway == 1) {
      LOG.log(WARNING, "letters wait: {0}", away.getMessage());
    }
  }

  private void isThere() {
    if (timesAway > 0) {
      LOG.log(INFO, "letters are sent again");
    }
    timesAway = 0;
    again = Instant.MIN;
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    Duration pause = first.multipliedBy(1L << Math.clamp(times - 1L, 0, 20));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
