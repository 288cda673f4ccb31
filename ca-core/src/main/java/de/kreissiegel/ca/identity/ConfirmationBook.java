package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
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
   * @param by until when they are due
   */
  List<Found> due(Map<ProfileName, Period> rules, Whom whom, LocalDate by, Instant now);

  /** Whether the last check of this one, if there was one, has been longer ago on that day. */
  boolean isCheckedTooLongAgo(SubjectId subject, Period rule, LocalDate on);

  /**
   * Notes that officers are reminded of this person for this day.
   *
   * @return false if they were already
   */
  boolean remind(Transaction transaction, SubjectId subject, TenantId tenant, LocalDate due);

  /**
   * Whom to look for.
   *
   * @param tenants for which tenants; empty for all
   * @param subject whom alone; empty for all
   * @param unreminded only those of whom officers weren't reminded for their day yet
   */
  record Whom(Optional<List<TenantId>> tenants, Optional<SubjectId> subject, boolean unreminded) {
    public Whom {
      tenants = tenants.map(List::copyOf);
    }

    /** All who work for one of these tenants. */
    static Whom of(Collection<TenantId> tenants) {
      return new Whom(Optional.of(List.copyOf(tenants)), Optional.empty(), false);
    }

    /** One of them. */
    Whom only(SubjectId one) {
      return new Whom(tenants, Optional.of(one), unreminded);
    }

    /** This one, wherever they work. */
    static Whom anywhere(SubjectId one) {
      return new Whom(Optional.empty(), Optional.of(one), false);
    }

    /** All of whom nobody was reminded yet. */
    static Whom unremindedOf() {
      return new Whom(Optional.empty(), Optional.empty(), true);
    }
  }

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
