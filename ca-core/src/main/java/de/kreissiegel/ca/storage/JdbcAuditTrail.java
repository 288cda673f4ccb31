package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.audit.ChainHead;
import de.kreissiegel.ca.audit.SaltedWords;
import de.kreissiegel.ca.audit.WrittenEvent;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail in PostgreSQL, as those see it who write. Events are put off until the end of
 * their transaction: the chain's row is then the last that is locked, and only for the commit, so
 * it can't be part of a deadlock. All events of a transaction are chained under that one lock.
 */
public final class JdbcAuditTrail implements AuditTrail {
  private static final String EVENT =
      "sequence at actor actor_name action tenant object detail salt commitment hash";

  private static final String WRITE =
      """
      with head as (update audit_chain set sequence = ?, hash = ?
                    where chain = ? and sequence = ? and hash = ? returning chain)
      insert into audit_event (%1$s, chain, version) select %2$s, head.chain, 2 from head, %3$s
      """
          .formatted(EVENT.replace(" ", ", "), Rows.columns(EVENT, Set.of()), Rows.given(EVENT));

  private final String chain;
  private final Clock clock;
  private final SecureRandom random;
  private final JdbcTransaction.Lastly<Happening> writing = this::write;

  /**
   * A guess at where the chain ends, which spares asking. Wrong after a roll-back; no harm then.
   */
  private volatile @Nullable ChainHead lastWritten;

  /**
   * @param chain this node's name
   * @param random for the salts of the events' words
   */
  public JdbcAuditTrail(String chain, Clock clock, SecureRandom random) {
    this.chain = chain;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void append(
      Transaction transaction,
      Actor actor,
      String action,
      Optional<TenantId> tenant,
      String object,
      String detail) {
    JdbcTransaction.lastly(
        transaction, writing, new Happening(actor, action, tenant, object, detail));
  }

  /** What there is to tell; where in the chain it stands is not known before the end. */
  private record Happening(
      Actor actor, String action, Optional<TenantId> tenant, String object, String detail) {}

  private void write(Handle handle, List<Happening> happenings) {
    ChainHead guess = lastWritten;
    if (guess == null || !write(handle, guess, happenings)) {
      write(handle, lockHead(handle), happenings);
    }
  }

  /**
   * Writes the events behind this head, if the chain ends there.
   *
   * @return whether it does; it is locked then until the commit, and else nothing is changed
   */
  private boolean write(Handle handle, ChainHead head, List<Happening> happenings) {
    List<WrittenEvent> events = new ArrayList<>();
    ChainHead end = head;
    for (Happening happening : happenings) {
      WrittenEvent event = next(end, happening);
      events.add(event);
      end = new ChainHead(chain, event.sequence(), event.hash());
    }
    if (!write(handle, head, events, end)) {
      return false;
    }
    lastWritten = end;
    return true;
  }

  private WrittenEvent next(ChainHead head, Happening happening) {
    byte[] salt = new byte[SaltedWords.SALT];
    random.nextBytes(salt);
    return head.next(
        clock.instant(),
        happening.actor().auditName(),
        nameOf(happening.actor()),
        happening.action(),
        happening.tenant(),
        happening.object(),
        happening.detail(),
        Bytes.of(salt));
  }

  private ChainHead lockHead(Handle handle) {
    Optional<ChainHead> head = selectHead(handle);
    if (head.isPresent()) {
      return head.get();
    }
    ChainHead empty = ChainHead.ofEmpty(chain);
    handle.execute(
        "insert into audit_chain values (?, 0, ?) on conflict do nothing",
        chain,
        empty.hash().toArray());
    return selectHead(handle).orElseThrow();
  }

  private Optional<ChainHead> selectHead(Handle handle) {
    return handle
        .createQuery("select sequence, hash from audit_chain where chain = :chain for update")
        .bind("chain", chain)
        .map(
            (row, _) ->
                new ChainHead(chain, row.getLong("sequence"), Bytes.of(row.getBytes("hash"))))
        .findOne();
  }

  /** All events and the chain's new head, in one round trip. */
  private static boolean write(
      Handle handle, ChainHead from, List<WrittenEvent> events, ChainHead to) {
    int written =
        Rows.change(
            handle,
            WRITE,
            rows ->
                rows.number(to.sequence())
                    .octets(to.hash())
                    .text(from.chain())
                    .number(from.sequence())
                    .octets(from.hash())
                    .numbers(events, WrittenEvent::sequence)
                    .times(events, WrittenEvent::at)
                    .texts(events, WrittenEvent::actor)
                    .texts(events, event -> words(event).actorName().orElseThrow())
                    .texts(events, WrittenEvent::action)
                    .texts(events, event -> event.tenant().orElse(null))
                    .texts(events, WrittenEvent::object)
                    .texts(events, event -> words(event).detail().orElseThrow())
                    .octets(events, event -> words(event).salt().orElseThrow())
                    .octets(events, event -> words(event).commitment())
                    .octets(events, WrittenEvent::hash));
    return written == events.size();
  }

  private static WrittenEvent.Committed words(WrittenEvent event) {
    if (event.text() instanceof WrittenEvent.Committed words) {
      return words;
    }
    throw new IllegalArgumentException("new events are of version 2");
  }

  private static String nameOf(Actor actor) {
    return switch (actor) {
      case Actor.Person person -> person.displayName();
      case Actor.Component component -> component.component();
    };
  }
}
