package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.StoppedAuthorities;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Where runs are kept, what they concern and how far they came. */
public interface MassBook extends StoppedAuthorities {
  /** Keeps a new run; false if another of its generation is open. */
  boolean begin(Transaction transaction, MassRun run);

  /** The run of this generation that began last. */
  Optional<MassRun> newest(AuthorityName authority);

  /** Locks a run until the end of the transaction; false if it is finished. */
  boolean lockOpen(Transaction transaction, UUID run);

  /**
   * Takes into a run what isn't in it yet: all certificates of its generation that are good or on
   * hold and not expired, but for responders.
   *
   * @param turns in which order
   * @return how many
   */
  int enlist(Transaction transaction, MassRun run, Map<ProfileName, Turn> turns, Instant now);

  /**
   * The next certificates that this step hasn't done, in order.
   *
   * @param onlyReplaced leaves out those without a successor
   */
  List<MassItem> next(
      Transaction transaction, MassRun run, MassStep step, boolean onlyReplaced, int most);

  /** Keeps that a step is done with these; if it is {@code TELL}, their holders' notices, too. */
  void done(Transaction transaction, MassRun run, MassStep step, List<MassItem> items, Instant now);

  /** Whether a step is left for any certificate. */
  boolean isLeft(Transaction transaction, UUID run);

  void finish(Transaction transaction, UUID run, Instant at, Bytes serials);

  /** What a run would concern, in order. */
  List<PlanLine> plan(AuthorityName authority, Map<ProfileName, Turn> turns, Instant now);

  /** How far a run came, in order. */
  List<MassCount> counts(MassRun run);

  /** A run's certificates in order, one by one. */
  void eachSerial(UUID run, Consumer<SerialNumber> each);

  /** A run's notices in order, one by one. */
  void eachNotice(MassRun run, Consumer<Notice> each);
}
