package de.kreissiegel.ca.login;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** A person's own sessions of the pages, at whatever node: which there are, and their end. */
public final class OwnSessions {
  /** So many somebody may have; with one more the one ends that began first. */
  public static final int MOST = 10;

  private final SessionBook book;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  public OwnSessions(SessionBook book, Transactions transactions, AuditTrail audit, Clock clock) {
    this.book = book;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** Those that aren't over, the newest first. */
  public List<OpenSession> of(Actor.Person person) {
    return book.of(person.id(), clock.instant());
  }

  /**
   * Ends one, at every node at once.
   *
   * @param provenAt when the person last logged in
   * @throws Refused STALE_PROOF; NOT_FOUND if it is over, or nobody's or somebody else's
   */
  public void end(Actor.Person person, Instant provenAt, Bytes key) throws Refused {
    FreshProof.demand(provenAt, clock.instant());
    if (!book.end(person.id(), key)) {
      throw new Refused(RefusalReason.NOT_FOUND, "no session of theirs");
    }
    note(person, 1);
  }

  /**
   * Ends all but one.
   *
   * @param provenAt when the person last logged in
   * @param own the one that goes on
   * @return how many have ended
   * @throws Refused STALE_PROOF
   */
  public int endOthers(Actor.Person person, Instant provenAt, Bytes own) throws Refused {
    FreshProof.demand(provenAt, clock.instant());
    int ended = book.endOthers(person.id(), own);
    if (ended > 0) {
      note(person, ended);
    }
    return ended;
  }

  private void note(Actor.Person person, int sessions) {
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          audit.append(
              transaction,
              person,
              "session.ended",
              LoginTrail.tenant(person),
              "person:" + person.id().value(),
              "sessions=" + sessions);
          return true;
        });
  }
}
