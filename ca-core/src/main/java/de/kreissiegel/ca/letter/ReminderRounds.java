package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.letter.ReminderBook.Ending;
import de.kreissiegel.ca.letter.ReminderBook.Unheeded;
import de.kreissiegel.ca.lifecycle.Occasion;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks which certificates have come nearer to their end, a page at a time: what was looked at is
 * never read again at the same stage.
 */
final class ReminderRounds {
  private static final int AT_ONCE = 500;

  /** So many are named in a letter about many. */
  private static final int MOST_NAMES = 20;

  private static final Duration HEEDED_WITHIN = Duration.ofDays(7);

  private final ReminderBook reminders;
  private final LetterBook letters;
  private final Transactions transactions;
  private final ProfileCatalog profiles;
  private final ReminderCalendar calendar;
  private final Clock clock;

  ReminderRounds(
      ReminderBook reminders,
      LetterBook letters,
      Transactions transactions,
      ProfileCatalog profiles,
      LetterSettings settings,
      Clock clock) {
    this.reminders = reminders;
    this.letters = letters;
    this.transactions = transactions;
    this.profiles = profiles;
    this.calendar = new ReminderCalendar(settings.reminders(), settings.zone());
    this.clock = clock;
  }

  /** All that is due. */
  void look() {
    for (int stage : calendar.stages()) {
      while (lookAtSome(stage) == AT_ONCE) {
        // As long as there are more.
      }
    }
    lookForUnheeded();
  }

  private int lookAtSome(int stage) {
    Instant now = clock.instant();
    return transactions.<Integer, RuntimeException>inTransaction(
        transaction -> {
          Optional<List<Ending>> some =
              reminders.next(transaction, stage, now, calendar.horizon(stage, now), AT_ONCE);
          some.ifPresent(them -> them.forEach(one -> remind(transaction, one, stage, now)));
          return Math.min(AT_ONCE, some.map(List::size).orElse(0));
        });
  }

  private void remind(Transaction transaction, Ending ending, int stage, Instant now) {
    StoredCertificate certificate = ending.certificate();
    if (!ending.newest()
        || !isRenewedByPeople(certificate)
        || calendar.isPassed(stage, certificate.notAfter(), now)
        || !calendar.isInSecondHalf(stage, certificate.notBefore(), certificate.notAfter())) {
      return;
    }
    if (!ending.asked()) {
      note(transaction, LetterKind.REMINDER, certificate, stage, now);
    }
    if (calendar.isLast(stage)) {
      note(transaction, LetterKind.UNRENEWED, certificate, stage, now);
    }
  }

  private boolean isRenewedByPeople(StoredCertificate certificate) {
    return profiles.find(certificate.profile()).filter(CertificateProfile::offered).isPresent();
  }

  private void note(
      Transaction transaction,
      LetterKind kind,
      StoredCertificate certificate,
      int stage,
      Instant now) {
    letters.note(
        transaction,
        new Cue(
            "%s/%s/%s/%d"
                .formatted(
                    kind.templateName(), certificate.authority(), certificate.serial(), stage),
            kind,
            certificate.auditName(),
            certificate.tenant(),
            now,
            Map.of("days", String.valueOf(stage))));
  }

  /**
   * Once more to themselves after a week; after another one the officers hear of it: once for all
   * of a tenant and a kind of certificate, however many were asked by list.
   */
  private void lookForUnheeded() {
    Instant now = clock.instant();
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          var missing = new LinkedHashMap<String, List<Unheeded>>();
          List<Unheeded> some;
          do {
            some = reminders.unheeded(transaction, now.minus(HEEDED_WITHIN), now, AT_ONCE);
            for (Unheeded one : some) {
              if (one.told() == 2) {
                note(transaction, LetterKind.EXPECTED, one, now);
              } else {
                Occasion occasion = one.occasion();
                missing
                    .computeIfAbsent(
                        occasion.profile() + "/" + occasion.tenant(), _ -> new ArrayList<>())
                    .add(one);
              }
            }
          } while (some.size() == AT_ONCE);
          missing.forEach((which, those) -> missing(transaction, which, those, now));
          return true;
        });
  }

  private void missing(Transaction transaction, String which, List<Unheeded> those, Instant now) {
    if (those.size() == 1) {
      note(transaction, LetterKind.MISSING, those.getFirst(), now);
      return;
    }
    String names =
        those.stream()
            .map(Unheeded::name)
            .filter(name -> !name.isEmpty())
            .sorted()
            .limit(MOST_NAMES)
            .collect(Collectors.joining(", "));
    letters.note(
        transaction,
        new Cue(
            "unheeded/%s@%s".formatted(which, now),
            LetterKind.MISSING,
            Stories.OCCASIONS + which,
            Optional.of(those.getFirst().occasion().tenant()),
            now,
            Map.of("people", String.valueOf(those.size()), "names", names)));
  }

  private void note(Transaction transaction, LetterKind kind, Unheeded one, Instant now) {
    letters.note(
        transaction,
        new Cue(
            "unheeded/%s@%s".formatted(one.occasion().auditName(), now),
            kind,
            one.occasion().auditName(),
            Optional.of(one.occasion().tenant()),
            now,
            Map.of()));
  }
}
