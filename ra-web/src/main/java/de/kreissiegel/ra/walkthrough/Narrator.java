package de.kreissiegel.ra.walkthrough;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/**
 * Tells the story, one numbered line a step: what is done is on the screen before it is done, what
 * was seen follows.
 */
final class Narrator {
  private final PrintWriter out;
  private int steps;

  Narrator(PrintWriter out) {
    this.out = out;
  }

  /** A line that is no step. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /**
   * Plays a step.
   *
   * @param title what is done
   * @param step does it, and says what it saw
   * @throws Surprise whatever went wrong in the step
   */
  <T> T step(String title, Callable<Seen<T>> step) throws Surprise {
    steps++;
    out.printf("%2d. %s: ", steps, title);
    out.flush();
    try {
      Seen<T> seen = step.call();
      say(seen.sentence());
      return seen.value();
    } catch (Surprise surprise) {
      say("SURPRISE");
      throw surprise;
    } catch (InterruptedException interrupted) {
      say("interrupted");
      Thread.currentThread().interrupt();
      throw new Surprise("time to finish", "an interruption");
    } catch (Exception broken) {
      say("SURPRISE");
      throw new Surprise("an answer", describe(broken));
    }
  }

  /** How many steps were begun. */
  int steps() {
    return steps;
  }

  private static String describe(Throwable broken) {
    var text = new StringBuilder(broken.getClass().getSimpleName());
    if (broken.getMessage() != null) {
      text.append(" (").append(broken.getMessage().strip()).append(")");
    }
    Throwable cause = broken.getCause();
    return cause == null ? text.toString() : text + " because of " + describe(cause);
  }
}
