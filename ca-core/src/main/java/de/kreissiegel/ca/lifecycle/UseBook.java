package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which certificates nobody asks about, and whose holders were warned. */
public interface UseBook {
  /**
   * Which of a profile's certificates are idle: good, valid since before, and not asked about
   * since.
   *
   * @param since when they were issued or asked about last, at the latest
   * @param warnedBefore when their holders were warned, at the latest
   */
  record Question(ProfileName profile, Instant since, Instant warnedBefore, Instant now) {}

  /** Whether anybody has asked about a certificate of this profile since then. */
  boolean isAnyAskedAbout(Transaction transaction, ProfileName profile, Instant since);

  /** Warnings don't count any more of what was asked about since, isn't good, or is over. */
  void forgetWarnings(Transaction transaction, Instant now);

  /** Certificates idle since then whose holders weren't warned; they are noted as warned now. */
  List<StoredCertificate> warn(
      Transaction transaction, ProfileName profile, Instant since, Instant now, int most);

  /**
   * Idle certificates whose holders were warned in time.
   *
   * @param subject whose; empty for everybody's
   */
  List<StoredCertificate> idle(
      Transaction transaction, Question question, Optional<SubjectId> subject);
}
