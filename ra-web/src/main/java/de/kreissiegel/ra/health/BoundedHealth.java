package de.kreissiegel.ra.health;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Asks after a part, and is down if the answer takes too long or is an exception: one frozen part
 * must not keep the others' health from being told. Whoever comes while a question is open waits
 * for that one's answer, so that a frozen part is not asked again and again.
 */
public final class BoundedHealth implements HealthIndicator {
  private final HealthIndicator part;
  private final Duration patience;
  private @Nullable FutureTask<Health> open;

  public BoundedHealth(HealthIndicator part, Duration patience) {
    this.part = part;
    this.patience = patience;
  }

  @Override
  public Health health() {
    try {
      return ask().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException frozen) {
      return down("no answer within " + patience.toMillis() + " ms");
    } catch (ExecutionException failed) {
      return down(String.valueOf(failed.getCause()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return down("interrupted");
    }
  }

  private synchronized FutureTask<Health> ask() {
    FutureTask<Health> question = open;
    if (question == null || question.isDone()) {
      question = new FutureTask<>(() -> part.health());
      open = question;
      Thread.ofVirtual().name("health").start(question);
    }
    return question;
  }

  private static Health down(String cause) {
    return Health.down().withDetail("cause", cause).build();
  }
}
