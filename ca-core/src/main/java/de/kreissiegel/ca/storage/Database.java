package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.transaction.Transactions;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The authority's database: migrates it, and runs transactions in it. */
public final class Database implements Transactions {
  private final Jdbi jdbi;

  private Database(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Brings the schema up to date and opens it. */
  public static Database open(DataSource source) {
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return new Database(Jdbi.create(source));
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws X {
    return jdbi.<T, X>inTransaction(handle -> work.in(new JdbcTransaction(handle)));
  }

  Jdbi jdbi() {
    return jdbi;
  }
}
