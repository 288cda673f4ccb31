package de.kreissiegel.ca;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;

/**
 * What a test of others' programs or files needs: in CI it is there, elsewhere it may be missing.
 */
public final class Needed {
  private Needed() {}

  /**
   * Ends the test where something is missing: in CI it fails, elsewhere it is reported as skipped.
   *
   * @param what its name, as {@code .ci/install-peers} installs it
   */
  public static void peer(String what, boolean there) {
    if (there) {
      return;
    }
    String missing = "the peer " + what + " is not installed (.ci/install-peers does it)";
    if ("true".equals(System.getenv("CI"))) {
      fail(missing);
    }
    Assumptions.abort(missing);
  }
}
