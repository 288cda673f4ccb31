package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The outbox as the workers see it. Any number of them may share it. */
public interface OutboxQueue {
  /**
   * Says which directories there are from now on. For one that is new the publication of all that
   * is valid is enqueued, and what waits to be withdrawn from one that is no more, for it may be
   * the same under another name; for that one it is given up.
   *
   * @return how many errands were given up
   */
  int keep(Set<DirectoryName> destinations, Instant now);

  /**
   * Enqueues the publication of all certificates that are valid, as for a directory that came back
   * from an older backup. What shall not be there stays out.
   *
   * @return how many
   */
  int publishAll(DirectoryName destination, Instant now);

  /**
   * Takes errands that are due, and lends them to the caller: nobody else gets them before the
   * lease ends. Errands of one subject are lent in the order in which they were put in, the next
   * only together with those before it or after they are done. One that the entry has refused holds
   * up only those of its own certificate.
   *
   * @return by the order in which they were put in
   */
  List<Errand> claim(DirectoryName destination, int atMost, Instant now, Duration lease);

  /** They are done. */
  void done(Collection<Errand> errands, Instant now);

  /** They weren't tried: they are due again at once. */
  void giveBack(Collection<Errand> errands, Instant now);

  /** The entry refused; they are due again at that time. */
  void refused(Collection<Errand> errands, Instant nextAttempt, String error);

  /** Enqueues withdrawals from one directory alone. */
  void withdraw(DirectoryName destination, Collection<Target> certificates, Instant now);

  /**
   * Enqueues withdrawals of what has expired and wasn't swept by this rule before. The oldest come
   * first.
   *
   * @param rule a name that never changes
   * @param profiles only certificates of these; of any if there are none
   * @param expiredBefore whose validity ended before
   * @return how many
   */
  int sweep(
      DirectoryName destination,
      String rule,
      Set<ProfileName> profiles,
      Instant expiredBefore,
      int atMost,
      Instant now);

  /**
   * Whose certificate an errand is about.
   *
   * @param subject whose entry
   */
  record Target(SubjectId subject, AuthorityName authority, SerialNumber serial) {}

  /**
   * Something to be done outside.
   *
   * @param id its number in the outbox
   * @param attempts how often it was claimed, this time included
   */
  record Errand(long id, Outbox.Task task, Target target, int attempts) {}
}
