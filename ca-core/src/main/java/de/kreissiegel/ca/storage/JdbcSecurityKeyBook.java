package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.securitykey.SecurityKey;
import de.kreissiegel.ca.securitykey.SecurityKeyBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Officers' security keys in PostgreSQL. */
final class JdbcSecurityKeyBook implements SecurityKeyBook {
  private final Jdbi jdbi;

  JdbcSecurityKeyBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<SecurityKey> of(SubjectId holder) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select k.* from security_key k join passkey p using (credential_id)
                    where p.subject_id = :holder order by k.registered_at
                    """)
                .bind("holder", holder.value())
                .map(
                    (row, _) ->
                        new SecurityKey(
                            Bytes.of(row.getBytes("credential_id")),
                            holder,
                            Bytes.of(row.getBytes("registration")),
                            Bytes.of(row.getBytes("certificate")),
                            row.getTimestamp("registered_at").toInstant()))
                .list());
  }

  @Override
  public boolean put(Transaction transaction, SecurityKey key) {
    return JdbcTransaction.handleOf(transaction)
            .createUpdate(
                """
                insert into security_key (credential_id, registration, certificate, registered_at)
                select credential_id, :registration, :certificate, :since from passkey
                where credential_id = :credential and subject_id = :holder
                on conflict (credential_id) do update set registration = excluded.registration,
                  certificate = excluded.certificate, registered_at = excluded.registered_at
                """)
            .bind("credential", key.credential().toArray())
            .bind("holder", key.holder().value())
            .bind("registration", key.registration().toArray())
            .bind("certificate", key.certificate().toArray())
            .bind("since", key.since().atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }

  @Override
  public boolean delete(Transaction transaction, SubjectId holder, Bytes credential) {
    return JdbcTransaction.handleOf(transaction)
            .createUpdate(
                """
                delete from security_key k using passkey p
                where p.credential_id = k.credential_id
                  and k.credential_id = :credential and p.subject_id = :holder
                """)
            .bind("credential", credential.toArray())
            .bind("holder", holder.value())
            .execute()
        == 1;
  }
}
