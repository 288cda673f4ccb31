package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.pseudonym.PseudonymBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The pseudonyms in PostgreSQL. */
public final class JdbcPseudonymBook implements PseudonymBook {
  /**
   * Any of some persons, or of the holders by which their pseudonymous certificates name them. As
   * an array, so that PostgreSQL looks each of them up in an index.
   */
  static final String ANY_WITH_HOLDERS =
      "any(array(select unnest(:subjects) union all"
          + " select holder from pseudonym where subject_id = any(:subjects)))";

  private static final long LOCK = 3L << 32;
  private static final int SALT = 16;

  private final Jdbi jdbi;
  private final SecureRandom random;

  public JdbcPseudonymBook(Database database, SecureRandom random) {
    this.jdbi = database.jdbi();
    this.random = random;
  }

  @Override
  public boolean claim(
      Transaction transaction,
      Pseudonym pseudonym,
      SubjectId person,
      TenantId tenant,
      Instant now) {
    Handle handle = JdbcTransaction.handleOf(transaction);
    handle.execute("select pg_advisory_xact_lock(?)", LOCK);
    Standing standing = standing(handle, pseudonym, person, tenant);
    if (standing == Standing.FREE) {
      byte[] salt = new byte[SALT];
      random.nextBytes(salt);
      handle
          .createUpdate(
              """
              insert into pseudonym (tenant, salt, commitment, name, folded, holder, subject_id,
                  reserved_at)
              values (:tenant, :salt, sha256(:salt || convert_to(:folded, 'UTF8')), :name, :folded,
                  :holder, :person, :at)
              """)
          .bind("tenant", tenant.value())
          .bind("salt", salt)
          .bind("name", pseudonym.name())
          .bind("folded", pseudonym.folded())
          .bind("holder", pseudonym.holder().value())
          .bind("person", person.value())
          .bind("at", now)
          .execute();
    }
    return standing != Standing.TAKEN;
  }

  @Override
  public boolean isFree(Pseudonym pseudonym, SubjectId person, TenantId tenant) {
    return jdbi.withHandle(handle -> standing(handle, pseudonym, person, tenant)) != Standing.TAKEN;
  }

  private enum Standing {
    FREE,
    THEIRS,
    TAKEN
  }

  /** One whose name was erased fits by its commitment alone, and is nobody's any more. */
  private static Standing standing(
      Handle handle, Pseudonym pseudonym, SubjectId person, TenantId tenant) {
    return handle
        .createQuery(
            """
            select coalesce(subject_id = :person and tenant = :tenant, false) from pseudonym
            where commitment = sha256(salt || convert_to(:folded, 'UTF8'))
            """)
        .bind("person", person.value())
        .bind("tenant", tenant.value())
        .bind("folded", pseudonym.folded())
        .mapTo(Boolean.class)
        .findOne()
        .map(theirs -> theirs ? Standing.THEIRS : Standing.TAKEN)
        .orElse(Standing.FREE);
  }

  @Override
  public Optional<Bearer> bearer(SubjectId holder) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select name, subject_id, tenant from pseudonym where holder = :holder")
                .bind("holder", Patterns.storable(holder.value()))
                .map(
                    (row, _) ->
                        new Bearer(
                            row.getString("name"),
                            new SubjectId(row.getString("subject_id")),
                            new TenantId(row.getString("tenant"))))
                .findOne());
  }

  @Override
  public Set<SubjectId> holdersOf(SubjectId person) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select holder from pseudonym where subject_id = :person")
                .bind("person", Patterns.storable(person.value()))
                .mapTo(String.class)
                .map(SubjectId::new)
                .set());
  }
}
