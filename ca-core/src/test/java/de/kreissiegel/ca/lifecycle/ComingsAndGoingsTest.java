package de.kreissiegel.ca.lifecycle;

import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.DISTRICT;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.away;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.disabled;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.gone;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.person;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.profiles;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.seen;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.storage.Bookroom;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However somebody comes and goes, their certificate stands as a model says that knows only who
 * they are today and since when they have been gone.
 */
class ComingsAndGoingsTest {
  private static final Duration TERM = Duration.ofDays(14);

  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  @TempDir Path folder;

  private enum Place {
    WORKING,
    AWAY,
    DISABLED,
    GONE
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void standAsTheModelSays(long seed) throws Exception {
    var house = new LifecycleHouse(ROOM);
    StoredCertificate certificate =
        house.stored(sample().profile("vpn-client").valid(NOW, NOW.plus(Duration.ofDays(3000))));
    SubjectLifecycle lifecycle =
        house.lifecycle(Brake.DEFAULT, profiles(folder, "vpn-client", "left: suspend P14D"));
    lifecycle.take(DISTRICT, house.report(seen(person("erika"))));
    var random = new Random(seed);
    var place = Place.WORKING;
    Instant left = Instant.MAX;
    boolean revoked = false;

    for (int step = 0; step < 40; step++) {
      Place next = Place.values()[random.nextInt(4)];
      boolean gone = next == Place.DISABLED || next == Place.GONE;
      boolean wasGone = place == Place.DISABLED || place == Place.GONE;
      left = !gone ? Instant.MAX : wasGone ? left : house.now();
      lifecycle.take(DISTRICT, house.report(observation(next)));
      place = next;
      house.pass(Duration.ofDays(random.nextInt(6)));
      lifecycle.work();

      revoked |= gone && !house.now().isBefore(left.plus(TERM));
      assertThat(house.status(certificate))
          .as("seed %d, step %d, %s", seed, step, place)
          .isInstanceOf(expected(revoked, place));
    }
  }

  @Test
  void standAsTheyWereThroughTheSameReportOverAndOver() {
    var house = new LifecycleHouse(ROOM);
    StoredCertificate certificate = house.stored(sample());
    SubjectLifecycle lifecycle = house.lifecycle(Brake.DEFAULT);

    for (int n = 0; n < 3; n++) {
      lifecycle.take(DISTRICT, house.report(away("erika")));
      lifecycle.take(DISTRICT, house.report(away("erika")));
      assertThat(house.status(certificate)).isInstanceOf(CertificateStatus.OnHold.class);
      lifecycle.take(DISTRICT, house.report(seen(person("erika"))));
      lifecycle.take(DISTRICT, house.report(seen(person("erika"))));
      assertThat(house.status(certificate)).isInstanceOf(CertificateStatus.Good.class);
    }
    assertThat(house.events()).hasSize(6);
  }

  private static Observation observation(Place place) {
    return switch (place) {
      case WORKING -> seen(person("erika"));
      case AWAY -> away("erika");
      case DISABLED -> seen(disabled("erika"));
      case GONE -> gone("erika");
    };
  }

  private static Class<? extends CertificateStatus> expected(boolean revoked, Place place) {
    return revoked
        ? CertificateStatus.Revoked.class
        : place == Place.WORKING ? CertificateStatus.Good.class : CertificateStatus.OnHold.class;
  }
}
