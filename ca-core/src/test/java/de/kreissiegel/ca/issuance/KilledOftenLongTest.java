package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** What the tests of killed processes do, twenty times each. */
@Tag("long")
class KilledOftenLongTest {
  private static final int OFTEN = 20;

  @Nested
  class Authority extends KilledAuthorityTest {
    @Override
    int kills() {
      return OFTEN;
    }

    @Override
    void assertSomethingWasOnItsWay(int recovered, long seed) {
      assertThat(recovered).as("seed " + seed).isPositive();
    }
  }

  @Nested
  class Signer extends KilledSignerTest {
    @Override
    int kills() {
      return OFTEN;
    }
  }
}
