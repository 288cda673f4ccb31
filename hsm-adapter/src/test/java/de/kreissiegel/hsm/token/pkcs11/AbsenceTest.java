package de.kreissiegel.hsm.token.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AbsenceTest {
  private final Absence absence =
      new Absence(Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC));

  @Test
  void isTriedAtOnceAndThenEverMoreRarely() {
    absence.begins("CKR_DEVICE_REMOVED from C_Sign");
    assertThat(absence.tooEarly()).isFalse();
    assertThat(absence.stubborn()).isFalse();
    assertThat(absence.nextTry()).isEqualTo("with the next request");
    absence.goesOn("away");
    assertThat(absence.tooEarly()).isTrue();
    assertThat(absence.stubborn()).isTrue();
    assertThat(absence.nextTry()).isEqualTo("at 2026-11-22T10:00:02Z");
    absence.goesOn("away");
    assertThat(absence.nextTry()).isEqualTo("at 2026-11-22T10:00:04Z");
  }

  @Test
  void pausesAMinuteAtMost() {
    for (int i = 0; i < 100; i++) {
      absence.goesOn("away");
    }
    assertThat(absence.nextTry()).isEqualTo("at 2026-11-22T10:01:00Z");
    absence.ends();
    absence.begins("again");
    assertThat(absence.tooEarly()).isFalse();
    assertThat(absence.stubborn()).isFalse();
  }
}
