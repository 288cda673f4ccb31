package de.kreissiegel.ra.walkthrough;

/** Something was not as the story says. It ends the walkthrough. */
final class Surprise extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param expected what should have come, as {@code "status 200"}
   * @param came what came instead
   */
  Surprise(String expected, String came) {
    super("expected " + expected + "; came " + came);
  }

  /** Ends the walkthrough unless the claim holds. */
  static void unless(boolean claim, String expected, String came) throws Surprise {
    if (!claim) {
      throw new Surprise(expected, came);
    }
  }
}
