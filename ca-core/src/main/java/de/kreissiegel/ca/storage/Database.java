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

  /** Brings the schema up to date and opens it; the same role owns the tables and works in them. */
  public static Database open(DataSource source) {
    migrate(source);
    return unchanged(source);
  }

  /**
   * Brings the schema up to date.
   *
   * @param owner connects as the role that owns the tables
   * @param application the role that will work in them; it gets the rights that it needs
   */
  public static void prepare(DataSource owner, String application) {
    migrate(owner);
    Jdbi.create(owner).useTransaction(handle -> ApplicationRole.grant(handle, application));
  }

  private static void migrate(DataSource source) {
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration")
        .javaMigrations(
            new V12_1__Moduli_of_stored_certificates(),
            new V13_1__Search_columns(),
            new V44__Key_kinds())
        .load()
        .migrate();
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
