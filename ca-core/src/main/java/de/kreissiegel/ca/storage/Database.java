package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.transaction.Transactions;
import java.sql.Types;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
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
    return unchanged(source);
  }

  /** Opens it as it is, for somebody who only reads. */
  public static Database unchanged(DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    jdbi.registerArrayType(String.class, "text");
    jdbi.registerArgument(new UuidArgument());
    return new Database(jdbi);
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws X {
    return jdbi.<T, X>inTransaction(
        handle -> {
          var transaction = new JdbcTransaction(handle);
          T result = work.in(transaction);
          transaction.finish();
          return result;
        });
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /** PostgreSQL takes a UUID as an object; by itself Jdbi would send a string. */
  private static final class UuidArgument extends AbstractArgumentFactory<UUID> {
    UuidArgument() {
      super(Types.OTHER);
    }

    @Override
    protected Argument build(UUID value, ConfigRegistry config) {
      return (position, statement, _) -> statement.setObject(position, value);
    }
  }
}
