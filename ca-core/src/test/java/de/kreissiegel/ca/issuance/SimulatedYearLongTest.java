package de.kreissiegel.ca.issuance;

import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** The whole year. */
@Tag("long")
class SimulatedYearLongTest extends SimulatedYearTest {
  @Override
  int days() {
    return 365;
  }

  @Override
  Duration summer() {
    return Duration.ofDays(200);
  }
}
