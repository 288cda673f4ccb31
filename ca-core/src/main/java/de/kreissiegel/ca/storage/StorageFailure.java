package de.kreissiegel.ca.storage;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/**
 * The database failed, in a statement that Jdbi didn't run; the same to those who catch its own.
 */
final class StorageFailure extends JdbiException {
  private static final long serialVersionUID = 1;

  StorageFailure(SQLException cause) {
    super(cause);
  }
}
