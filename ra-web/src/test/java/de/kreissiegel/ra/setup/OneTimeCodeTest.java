package de.kreissiegel.ra.setup;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.setup.OneTimeCode.Outcome;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OneTimeCodeTest {
  private Instant now = Instant.parse("2026-11-30T08:00:00Z");
  private final OneTimeCode.Made made = OneTimeCode.make(() -> now, new SecureRandom());

  private Outcome tried(String typed) {
    return made.code().tried(typed);
  }

  @Test
  void hasAHundredBitsInGroupsThatPeopleCanType() {
    assertThat(made.words()).matches("([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}");
    assertThat(made.toString()).doesNotContain(made.words());
    assertThat(OneTimeCode.make(() -> now, new SecureRandom()).words()).isNotEqualTo(made.words());
  }

  @Test
  void opensOnceHoweverItIsTyped() {
    assertThat(tried(" " + made.words().toLowerCase(Locale.ROOT).replace('-', ' ')))
        .isEqualTo(Outcome.OPENED);
    assertThat(tried(made.words())).isEqualTo(Outcome.USED);
    assertThat(made.code().state()).isEqualTo(Outcome.USED);
  }

  @Test
  void expires() {
    now = now.plus(OneTimeCode.VALIDITY);
    assertThat(tried(made.words())).isEqualTo(Outcome.EXPIRED);
    assertThat(made.code().state()).isEqualTo(Outcome.EXPIRED);
  }

  @Test
  void hearsNobodyForAWhileThatDoublesAndNobodyAfterFiveWrongOnes() {
    for (int i = 0; i < OneTimeCode.ATTEMPTS - 1; i++) {
      assertThat(tried("0000-0000-0000-0000-0000")).isEqualTo(Outcome.WRONG);
      assertThat(tried(made.words())).as("too early").isEqualTo(Outcome.EARLY);
      now = now.plus(Duration.ofSeconds(1L << i).minusMillis(1));
      assertThat(tried(made.words())).as("still too early").isEqualTo(Outcome.EARLY);
      now = now.plusMillis(1);
    }
    assertThat(tried("")).isEqualTo(Outcome.SPENT);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(tried(made.words())).isEqualTo(Outcome.SPENT);
  }

  @Test
  void takesNothingThatIsLongerThanAnybodyTypes() {
    assertThat(tried(made.words() + " ".repeat(1_000))).isEqualTo(Outcome.WRONG);
  }
}
