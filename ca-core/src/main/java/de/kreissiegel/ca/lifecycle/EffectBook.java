package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What became of certificates because of the directory, and what it gives a reason to ask for. */
public interface EffectBook {
  /**
   * Notes an effect before it is brought about.
   *
   * @return whether it is new
   */
  boolean note(Effect effect, Instant now);

  /** The suspension was somebody else's. */
  void notOurs(Effect effect);

  /**
   * Nothing more follows from it.
   *
   * @param followed whether the certificate is revoked by it; else it was taken back
   */
  void settle(Effect effect, boolean followed, Instant now);

  /** It isn't revoked by itself any more. */
  void putOff(Effect effect);

  /** Effects whose time has come, in order, without the first few. */
  List<DueEffect> dueEffects(Instant now, int without, int most);

  /**
   * An effect with its item.
   *
   * @param subject of the item
   */
  record DueEffect(Effect effect, PlanItem item) {}

  /** Open effects on a subject's certificates by changes of these kinds. */
  List<Effect> openEffects(SubjectId subject, Set<Change.Kind> kinds);

  /** The latest effect on a certificate that wasn't taken back. */
  Optional<Explanation> explain(AuthorityName authority, SerialNumber serial);

  /** Notes an occasion; one that was there is made anew. */
  void note(Transaction transaction, Occasion occasion);

  void withdrawOccasions(SubjectId subject);

  /** Those of which nobody made use: no application of that kind came afterwards. */
  List<Occasion> occasions(Collection<SubjectId> subjects);
}
