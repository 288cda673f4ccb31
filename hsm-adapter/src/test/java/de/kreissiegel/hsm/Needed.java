package de.kreissiegel.hsm;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine that it runs on. */
public final class Needed {
  private Needed() {}

  /**
   * Goes on if it is there; fails where it is promised (CI=true), skips by name elsewhere.
   *
   * @param sentence what is missing
   */
  public static void require(boolean there, String sentence) {
    if (!there) {
      if ("true".equals(System.getenv("CI"))) {
        fail(sentence);
      }
      Assumptions.abort(sentence);
    }
  }
}
