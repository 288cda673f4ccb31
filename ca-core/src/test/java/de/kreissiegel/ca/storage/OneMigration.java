package de.kreissiegel.ca.storage;

import java.sql.Connection;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/** Runs a migration once more, on what tests have stored since. */
final class OneMigration {
  private OneMigration() {}

  static void run(JavaMigration migration, DataSource source) throws Exception {
    try (Connection connection = source.getConnection()) {
      migration.migrate(
          new Context() {
            @Override
            public Configuration getConfiguration() {
              return new ClassicConfiguration();
            }

            @Override
            public Connection getConnection() {
              return connection;
            }
          });
    }
  }
}
