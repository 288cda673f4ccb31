package de.kreissiegel.ca.emergency;

import org.junit.jupiter.api.Tag;

/** The bad day, drilled with ten thousand certificates. */
@Tag("long")
class MassPathLongTest extends MassPathTest {
  @Override
  int certificates() {
    return 10_000;
  }
}
