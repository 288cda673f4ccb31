package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.clock.ClockCheck;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The clock of the database's server. */
public final class DatabaseClock implements ClockCheck.TimeSource {
  private final Jdbi jdbi;

  public DatabaseClock(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Instant time() throws IOException {
    try {
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery("select clock_timestamp()")
                  .mapTo(Timestamp.class)
                  .one()
                  .toInstant());
    } catch (JdbiException away) {
      throw new IOException("the database doesn't tell its time", away);
    }
  }
}
