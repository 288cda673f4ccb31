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
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The audit trail in PostgreSQL, as those see it who write. Events are put off until the end of
 * their transaction: the chain's row is then the last that is locked, and only for the commit, so
 * it can't be part of a deadlock.
 */
public final class JdbcAuditTrail implements AuditTrail {
  private final String chain;
  private final Clock clock;
  private final SecureRandom random;

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
        transaction, handle -> write(handle, actor, action, tenant, object, detail));
  }

  private void write(
      Handle handle,
      Actor actor,
      String action,
      Optional<TenantId> tenant,
      String object,
      String detail) {
    byte[] salt = new byte[SaltedWords.SALT];
    random.nextBytes(salt);
    WrittenEvent event =
        lockHead(handle)
            .next(
                clock.instant(),
                actor.auditName(),
                nameOf(actor),
                action,
                tenant,
                object,
                detail,
                Bytes.of(salt));
    insert(handle, event);
    handle.execute(
        "update audit_chain set sequence = ?, hash = ? where chain = ?",
        event.sequence(),
        event.hash().toArray(),
        chain);
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

  private static void insert(Handle handle, WrittenEvent event) {
    if (!(event.text() instanceof WrittenEvent.Committed words)) {
      throw new IllegalArgumentException("new events are of version 2");
    }
    handle
        .createUpdate(
            """
            insert into audit_event (chain, sequence, at, actor, actor_name, action, tenant, object,
                detail, version, salt, commitment, hash)
            values (:chain, :sequence, :at, :actor, :actorName, :action, :tenant, :object,
                :detail, 2, :salt, :commitment, :hash)
            """)
        .bind("chain", event.chain())
        .bind("sequence", event.sequence())
        .bind("at", event.at())
        .bind("actor", event.actor())
        .bind("actorName", words.actorName())
        .bind("action", event.action())
        .bind("tenant", event.tenant())
        .bind("object", event.object())
        .bind("detail", words.detail())
        .bind("salt", words.salt().map(Bytes::toArray))
        .bind("commitment", words.commitment().toArray())
        .bind("hash", event.hash().toArray())
        .execute();
  }

  private static String nameOf(Actor actor) {
    return switch (actor) {
      case Actor.Person person -> person.displayName();
      case Actor.Component component -> component.component();
    };
  }
}
