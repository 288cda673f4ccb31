package de.kreissiegel.ra.launcher;

/** What the person at the terminal is told. */
final class Console {
  private Console() {}

  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Says what is being done, does it, and says that it is done. */
  static <X extends Exception> void step(String what, Step<X> step) throws X {
    long start = System.nanoTime();
    System.out.printf("  %-58s", what + " …");
    System.out.flush();
    try {
      step.perform();
    } catch (Exception failure) {
      System.out.println(" failed");
      throw failure;
    }
    System.out.printf(" done (%.1f s)%n", (System.nanoTime() - start) / 1e9);
  }

  /** Something that takes a while. */
  @FunctionalInterface
  interface Step<X extends Exception> {
    void perform() throws X;
  }
}
