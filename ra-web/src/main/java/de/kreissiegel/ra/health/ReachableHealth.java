package de.kreissiegel.ra.health;

import java.util.concurrent.Callable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up if a question is answered: for the database, the vault, the directory. */
public final class ReachableHealth implements HealthIndicator {
  private final Callable<String> question;

  /**
   * @param question asks the part something cheap and returns what it said, for the eyes; it throws
   *     if there is no answer in time
   */
  public ReachableHealth(Callable<String> question) {
    this.question = question;
  }

  @Override
  public Health health() {
    try {
      return Health.up().withDetail("answer", question.call()).build();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return down(interrupted);
    } catch (Exception noAnswer) {
      return down(noAnswer);
    }
  }

  private static Health down(Exception cause) {
    return Health.down().withDetail("cause", String.valueOf(cause.getMessage())).build();
  }
}
