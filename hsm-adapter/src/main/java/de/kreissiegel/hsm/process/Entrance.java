package de.kreissiegel.hsm.process;

import java.io.IOException;
import java.util.Optional;

/** Where visitors come in. */
interface Entrance extends AutoCloseable {
  /**
   * Waits for the next.
   *
   * @return none if who came is known not to be allowed; it is closed already
   */
  Optional<Visitor> next() throws IOException;

  boolean isOpen();

  @Override
  void close() throws IOException;
}
