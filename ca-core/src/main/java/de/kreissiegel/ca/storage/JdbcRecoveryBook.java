package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.recovery.FileId;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ca.recovery.RecoveryBook;
import de.kreissiegel.ca.recovery.RecoveryId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Recoveries in PostgreSQL. */
final class JdbcRecoveryBook implements RecoveryBook {
  private static final String SELECT = "select " + RecoveryRows.COLUMNS + " from recovery ";

  private final Jdbi jdbi;

  JdbcRecoveryBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public boolean insert(Transaction transaction, Recovery.Requested recovery) {
    Recovery.Terms terms = recovery.terms();
    Handle handle = handleOf(transaction);
    boolean fresh =
        handle
                .createUpdate(
                    """
                    insert into recovery (id, tenant, owner, owner_name, organization, requester,
                      requester_name, requested_at, collector, collector_name, reason, needed, state)
                    values (:id, :tenant, :owner, :ownerName, :organization, :by, :byName, :at,
                      :collector, :collectorName, :reason, :needed, 'REQUESTED')
                    on conflict (owner, tenant) where state in ('REQUESTED', 'APPROVED', 'READY')
                    do nothing
                    """)
                .bind("id", terms.id().value())
                .bind("tenant", terms.tenant().value())
                .bind("owner", terms.owner().value())
                .bind("ownerName", terms.ownerName())
                .bind("organization", terms.organization())
                .bind("by", terms.requested().by().value())
                .bind("byName", terms.requested().name())
                .bind("at", terms.requested().at())
                .bind("collector", terms.collector().value())
                .bind("collectorName", terms.collectorName())
                .bind("reason", terms.reason())
                .bind("needed", terms.needed())
                .execute()
            == 1;
    if (fresh) {
      terms.items().forEach(item -> insert(handle, terms.id(), item));
    }
    return fresh;
  }

  private static void insert(Handle handle, RecoveryId id, Recovery.Item item) {
    handle.execute(
        """
        insert into recovery_key
          (recovery, release_id, key_hash, authority, serial, vault_key, wrapping_hash)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        id.value(),
        item.release(),
        item.keyHash().toArray(),
        item.authority().value(),
        item.serial().toString(),
        item.vaultKey().value(),
        item.wrappingHash().toArray());
  }

  @Override
  public Optional<Recovery> find(RecoveryId id) {
    return jdbi.withHandle(
        handle ->
            read(handle, handle.createQuery(SELECT + "where id = :id").bind("id", id.value()))
                .stream()
                .findFirst());
  }

  @Override
  public Optional<Recovery> lock(Transaction transaction, RecoveryId id) {
    Handle handle = handleOf(transaction);
    return read(
            handle, handle.createQuery(SELECT + "where id = :id for update").bind("id", id.value()))
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Recovery> lock(Transaction transaction, FileId file) {
    Handle handle = handleOf(transaction);
    return read(
            handle,
            handle
                .createQuery(SELECT + "where file_id = :file for update")
                .bind("file", file.value().toArray()))
        .stream()
        .findFirst();
  }

  @Override
  public void sign(
      Transaction transaction, Recovery recovery, SubjectId officer, Map<UUID, Bytes> signatures) {
    Handle handle = handleOf(transaction);
    Said said = recovery.given().getLast();
    int number =
        handle
            .createQuery(
                """
                insert into recovery_approval (recovery, number, officer, officer_name, at)
                select :id, coalesce(max(number), 0) + 1, :officer, :name, :at
                from recovery_approval where recovery = :id
                returning number
                """)
            .bind("id", recovery.id().value())
            .bind("officer", officer.value())
            .bind("name", said.name())
            .bind("at", said.at())
            .mapTo(Integer.class)
            .one();
    signatures.forEach(
        (release, signature) ->
            handle.execute(
                """
                insert into recovery_signature (release_id, recovery, number, officer, signature)
                values (?, ?, ?, ?, ?)
                """,
                release,
                recovery.id().value(),
                number,
                officer.value(),
                signature.toArray()));
    handle.execute(
        """
        update recovery set state = ?, released_by = null, releaser_name = null, released_at = null,
          damaged = null, file = null, file_id = null, file_until = null
        where id = ?
        """,
        recovery instanceof Recovery.Approved ? "APPROVED" : "REQUESTED",
        recovery.id().value());
  }

  @Override
  public void revoke(Transaction transaction, RecoveryId id, SubjectId officer, Instant at) {
    handleOf(transaction)
        .execute(
            """
            update recovery_approval set void_at = ?
            where recovery = ? and officer = ? and void_at is null
            """,
            at,
            id.value(),
            officer.value());
  }

  @Override
  public Map<UUID, List<Bytes>> signatures(RecoveryId id) {
    Map<UUID, List<Bytes>> all = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select release_id, signature
                    from recovery_signature join recovery_approval using (recovery, number)
                    where recovery = :id and void_at is null
                    order by release_id, number
                    """)
                .bind("id", id.value())
                .map(
                    (row, _) ->
                        all.computeIfAbsent(
                                row.getObject("release_id", UUID.class), _ -> new ArrayList<>())
                            .add(Bytes.of(row.getBytes("signature"))))
                .list());
    return all;
  }

  @Override
  public Map<SubjectId, List<Bytes>> signaturesOfOfficers(RecoveryId id) {
    Map<SubjectId, List<Bytes>> all = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select s.officer, s.signature
                    from recovery_signature s join recovery_approval using (recovery, number)
                    where recovery = :id and void_at is null
                    """)
                .bind("id", id.value())
                .map(
                    (row, _) ->
                        all.computeIfAbsent(
                                new SubjectId(row.getString("officer")), _ -> new ArrayList<>())
                            .add(Bytes.of(row.getBytes("signature"))))
                .list());
    return all;
  }

  @Override
  public Map<Bytes, Bytes> wrappingKeys(RecoveryId id) {
    Map<Bytes, Bytes> all = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select key_hash, encrypted from escrow_wrapping_of(:id)")
                .bind("id", id.value())
                .map(
                    (row, _) ->
                        Optional.ofNullable(
                            all.put(
                                Bytes.of(row.getBytes("key_hash")),
                                Bytes.of(row.getBytes("encrypted")))))
                .list());
    return all;
  }

  @Override
  public void offer(Transaction transaction, Recovery.Ready recovery, Bytes file) {
    handleOf(transaction)
        .createUpdate(
            """
            update recovery set state = 'READY', released_by = :by, releaser_name = :byName,
              released_at = :at, damaged = :damaged, file_id = :fileId, file = :file,
              file_until = :until
            where id = :id
            """)
        .bind("id", recovery.id().value())
        .bind("by", recovery.released().by().value())
        .bind("byName", recovery.released().name())
        .bind("at", recovery.released().at())
        .bind("damaged", recovery.offer().damaged())
        .bind("fileId", recovery.offer().id().value().toArray())
        .bind("file", file.toArray())
        .bind("until", recovery.offer().until())
        .execute();
  }

  @Override
  public Bytes file(Transaction transaction, RecoveryId id) {
    return handleOf(transaction)
        .createQuery("select file from recovery where id = :id")
        .bind("id", id.value())
        .map((row, _) -> Bytes.of(row.getBytes("file")))
        .one();
  }

  @Override
  public void settle(Transaction transaction, Recovery recovery) {
    switch (recovery) {
      case Recovery.Collected collected ->
          settle(
              transaction,
              recovery.id(),
              "COLLECTED",
              "person:" + collected.terms().collector(),
              collected.terms().collectorName(),
              collected.at(),
              "");
      case Recovery.Ended ended ->
          settle(
              transaction,
              recovery.id(),
              ended.how().name(),
              ended.by(),
              ended.byName(),
              ended.at(),
              ended.reason());
      case Recovery.Requested _, Recovery.Approved _, Recovery.Ready _ ->
          throw new IllegalArgumentException("it hasn't come to its end");
    }
  }

  private static void settle(
      Transaction transaction,
      RecoveryId id,
      String state,
      String by,
      String name,
      Instant at,
      String reason) {
    handleOf(transaction)
        .execute(
            """
            update recovery set state = ?, settled_by = ?, settler_name = ?, settled_at = ?,
              settle_reason = ?, file = null, file_id = null
            where id = ?
            """,
            state,
            by,
            name,
            at,
            reason,
            id.value());
  }

  @Override
  public List<Recovery> lockOverdue(Transaction transaction, Instant requestedBefore, Instant now) {
    Handle handle = handleOf(transaction);
    return read(
        handle,
        handle
            .createQuery(
                SELECT
                    + """
                    where state in ('REQUESTED', 'APPROVED') and requested_at <= :before
                      or state = 'READY' and file_until <= :now
                    order by requested_at limit 100 for update skip locked
                    """)
            .bind("before", requestedBefore)
            .bind("now", now));
  }

  @Override
  public List<Recovery> ofTenants(Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            read(
                handle,
                handle
                    .createQuery(
                        SELECT
                            + "where tenant = any(:tenants) order by requested_at desc, id limit"
                            + " 500")
                    .bindArray(
                        "tenants", String.class, tenants.stream().map(TenantId::value).toList())));
  }

  @Override
  public List<Recovery> of(Collection<SubjectId> owners, SubjectId person) {
    return jdbi.withHandle(
        handle ->
            read(
                handle,
                handle
                    .createQuery(
                        SELECT
                            + """
                            where owner = any(:owners) or requester = :person or collector = :person
                            order by requested_at desc, id limit 500
                            """)
                    .bindArray(
                        "owners", String.class, owners.stream().map(SubjectId::value).toList())
                    .bind("person", person.value())));
  }

  private static List<Recovery> read(Handle handle, Query query) {
    return query.map((row, _) -> RecoveryRows.read(handle, row)).list();
  }
}
