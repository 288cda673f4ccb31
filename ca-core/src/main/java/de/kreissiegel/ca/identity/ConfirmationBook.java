package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who has to be confirmed again. */
public interface ConfirmationBook {
  /** So many are told at once. */
  int MOST = 500;

  /**
   * People with good certificates of these kinds whose check has been too long ago by then, by that
   * day; {@value #MOST} at most. Whoever was never checked counts from the beginning of their
   * oldest good certificate. Whom a pseudonym names isn't among them.
   *
   * @param rules after how long, by kind of certificate
   * @param tenants for which tenants; empty for all
   * @param by until when they are due
   */
  List<Found> due(
      Map<ProfileName, Period> rules, Optional<List<TenantId>> tenants, LocalDate by, Instant now);

  /** Whether this one's check has been too long ago for this kind of certificate on that day. */
  boolean isOverdue(SubjectId subject, Period rule, LocalDate on, Instant now);

  /**
   * Notes that officers are reminded of this person for this day.
   *
   * @return false if they were already
   */
  boolean remind(Transaction transaction, SubjectId subject, TenantId tenant, LocalDate due);

  /**
   * Somebody who is due.
   *
   * @param name as their newest application has it
   */
  record Found(
      SubjectId subject,
      String name,
      TenantId tenant,
      Optional<LocalDate> checked,
      LocalDate due) {}
}
