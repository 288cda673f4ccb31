package de.kreissiegel.ldap.follow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * How a directory is followed.
 *
 * @param source by what; chosen by what the server offers if it isn't said
 * @param every how often changes are asked for, where the server doesn't tell by itself
 * @param compare when everything is read again, where the server doesn't tell by itself
 * @param silence how long a server may be silent while it has to send
 * @throws IllegalArgumentException with a sentence for the administrator
 */
public record FollowSettings(
    Optional<SourceKind> source, Duration every, Compare compare, Duration silence) {
  /** Half a minute: none that is well takes so long. */
  public static final Duration SILENCE = Duration.ofSeconds(30);

  /** Whoever left keeps their certificates for so long; above it, health takes us for dead. */
  private static final Duration LONGEST = Duration.ofSeconds(45);

  public FollowSettings {
    if (!every.isPositive() || !silence.isPositive()) {
      throw new IllegalArgumentException("the directory's intervals must be positive");
    }
    if (every.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the directory has to be asked at least every 45 seconds, not every "
              + every.toSeconds());
    }
  }

  /** When everything is read again. */
  public sealed interface Compare {
    /** Whether the time has come. */
    boolean isDue(Instant last, Instant now, ZoneId zone);
  }

  /** Once a day. */
  public record Daily(LocalTime at) implements Compare {
    @Override
    public boolean isDue(Instant last, Instant now, ZoneId zone) {
      LocalDate today = now.atZone(zone).toLocalDate();
      ZonedDateTime time = today.atTime(at).atZone(zone);
      Instant latest =
          time.toInstant().isAfter(now) ? time.minusDays(1).toInstant() : time.toInstant();
      return last.isBefore(latest);
    }
  }

  /** After some time, again and again. */
  public record Every(Duration time) implements Compare {
    public Every {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("the directory's intervals must be positive");
      }
    }

    @Override
    public boolean isDue(Instant last, Instant now, ZoneId zone) {
      return !now.isBefore(last.plus(time));
    }
  }
}
