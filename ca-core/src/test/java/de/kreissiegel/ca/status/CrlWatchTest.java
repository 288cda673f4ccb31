package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.status.CrlStanding.Freshness;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrlWatchTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final StatusWorld world = new StatusWorld(DATABASE);
  private final CrlWatch watch =
      new CrlWatch(
          world.shelf(),
          CrlWatch.Alarm.USUAL,
          DATABASE.database(),
          new JdbcAuditTrail("watch", world.clock, new SecureRandom()),
          world.clock);

  @BeforeEach
  void furnish() {
    world.furnish();
  }

  @Test
  void raisesAnAlarmWellBeforeAListRunsOutAndOnce() {
    world.issuer().refresh(world.clock.instant());
    look(Freshness.FRESH, 0, 0);

    world.clock.pass(Duration.ofHours(18).minusSeconds(1));
    look(Freshness.FRESH, 0, 0);
    world.clock.pass(Duration.ofSeconds(1));
    look(Freshness.AGING, 2, 0);
    look(Freshness.AGING, 2, 0);

    world.clock.pass(Duration.ofHours(6));
    look(Freshness.STALE, 2, 2);

    world.issuer().refresh(world.clock.instant());
    world.clock.pass(Duration.ofSeconds(1));
    look(Freshness.FRESH, 2, 2);
    assertThat(events("crl.fresh")).isEqualTo(2);
  }

  @Test
  void missesAListThatNeverWas() {
    assertThat(watch.standings())
        .hasSize(2)
        .allMatch(one -> one.freshness() == Freshness.STALE && one.list().isEmpty());
  }

  @Test
  void takesNoAlarmThatWouldRingAtEachRenewal() {
    for (double share : new double[] {-0.1, 0.51, Double.NaN}) {
      assertThatThrownBy(() -> new CrlWatch.Alarm(share, Duration.ofDays(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private void look(Freshness freshness, long aging, long stale) {
    watch.look();
    assertThat(watch.standings()).hasSize(2).allMatch(one -> one.freshness() == freshness);
    assertThat(events("crl.aging")).isEqualTo(aging);
    assertThat(events("crl.stale")).isEqualTo(stale);
  }

  private static long events(String action) {
    return DATABASE.number("select count(*) from audit_event where action = ?", action);
  }
}
