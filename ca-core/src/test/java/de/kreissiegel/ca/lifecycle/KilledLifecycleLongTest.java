package de.kreissiegel.ca.lifecycle;

import org.junit.jupiter.api.Tag;

/** What {@link KilledLifecycleTest} does, twenty times. */
@Tag("long")
class KilledLifecycleLongTest extends KilledLifecycleTest {
  @Override
  int kills() {
    return 20;
  }
}
