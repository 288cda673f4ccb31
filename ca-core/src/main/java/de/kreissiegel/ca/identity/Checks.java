package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.profile.CheckKind;
import de.kreissiegel.ca.profile.RegistrationRules;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Whether a check is enough, and those that were made. */
public final class Checks {
  private final CheckBook book;
  private final ZoneId zone;

  /**
   * @param zone whose days count
   */
  public Checks(CheckBook book, ZoneId zone) {
    this.book = book;
    this.zone = zone;
  }

  /** All of this person, the newest first. */
  public List<CheckRecord> of(SubjectId subject) {
    return book.of(List.of(subject));
  }

  /**
   * Whether a decision may go without it, or with this one.
   *
   * @throws Refused CHECK_MISSING
   */
  public void require(
      RegistrationRules rules, Optional<IdentityCheck> check, SubjectId subject, Instant now)
      throws Refused {
    if (check.isEmpty()) {
      if (rules.demanded()) {
        throw new Refused(
            RefusalReason.CHECK_MISSING, "the profile asks how the person was checked");
      }
      return;
    }
    IdentityCheck given = check.get();
    if (!rules.checks().contains(given.kind())) {
      throw new Refused(
          RefusalReason.CHECK_MISSING, given.kind().configName() + " isn't enough for the profile");
    }
    given.requireTimely(today(now));
    if (given.kind() == CheckKind.UNCHANGED
        && of(subject).stream().allMatch(one -> one.check().kind() == CheckKind.UNCHANGED)) {
      throw new Refused(RefusalReason.CHECK_MISSING, "the person was never checked before");
    }
  }

  /** The day in the house's zone. */
  public LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, zone);
  }

  /** Keeps one. */
  public void add(Transaction transaction, CheckRecord check) {
    book.add(transaction, check);
  }
}
