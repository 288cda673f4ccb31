package de.kreissiegel.ra.health;

import de.kreissiegel.ca.letter.LetterBook.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down if a letter has waited for more than an hour, or if letters were given up and nobody has
 * looked: {@code ./kreissiegel letters --failed} lists them. Up where no letters are sent, and says
 * so.
 */
public final class LettersHealth implements HealthIndicator {
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Supplier<Standing> letters;
  private final InstantSource clock;

  public LettersHealth(Supplier<Standing> letters, InstantSource clock) {
    this.letters = letters;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Standing standing = letters.get();
    if (!standing.sending()) {
      return Health.up().withDetail("letters", "none are sent: no mail server is set").build();
    }
    Instant patienceEnds = clock.instant().minus(PATIENCE);
    boolean late = standing.oldest().filter(since -> since.isBefore(patienceEnds)).isPresent();
    return (late || standing.failed() > 0 ? Health.down() : Health.up())
        .withDetail(
            "letters",
            "%d waiting%s, %d given up, %d came back"
                .formatted(
                    standing.cues() + standing.waiting(),
                    standing.oldest().map(since -> " since " + since).orElse(""),
                    standing.failed(),
                    standing.bounced()))
        .build();
  }
}
