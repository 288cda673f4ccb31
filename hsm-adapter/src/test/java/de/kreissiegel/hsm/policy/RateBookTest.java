package de.kreissiegel.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateBookTest {
  private static final KeyId KEY = new KeyId("people");
  private static final Instant NOW = SamplePolicy.NOW;

  private final RateBook rates = new RateBook();
  private final KeyPolicy policy = SamplePolicy.policy();

  private void sign(KeyPolicy under, String kind, Instant now) throws SigningRefused {
    try (RateBook.Turn turn = rates.check(KEY, under, kind, now)) {
      turn.count();
    }
  }

  private void refused(KeyPolicy under, String kind, Instant now, String rule) {
    assertThatThrownBy(() -> sign(under, kind, now)).hasMessageStartingWith(rule + ":");
  }

  @Test
  void refusesWhatIsTooMuchOfAKindInAMinute() throws Exception {
    sign(policy, "server", NOW);
    sign(policy, "server", NOW.plusSeconds(30));
    refused(policy, "server", NOW.plusSeconds(59), "server/rate-per-minute");
    sign(policy, "mail", NOW.plusSeconds(59));
    sign(policy, "server", NOW.plusSeconds(62));
    refused(policy, "server", NOW.plus(Duration.ofHours(2)), "server/rate-per-day");
    sign(policy, "server", NOW.plus(Duration.ofHours(25)));
  }

  @Test
  void refusesWhatIsTooMuchOfAKey() throws Exception {
    KeyPolicy limited = policy.with(terms(new SignatureRate(2, 0)));
    sign(limited, "mail", NOW);
    sign(limited, "responder", NOW);
    refused(limited, "mail", NOW, "rate-per-minute");
  }

  private static KeyTerms terms(SignatureRate rate) {
    return new KeyTerms(rate, Optional.empty(), Optional.empty(), false, false);
  }

  @Test
  void givesATurnBackThatWasNotUsed() throws Exception {
    for (int i = 0; i < 10; i++) {
      rates.check(KEY, policy, "server", NOW).close();
    }
    try (RateBook.Turn one = rates.check(KEY, policy, "server", NOW);
        RateBook.Turn other = rates.check(KEY, policy, "server", NOW)) {
      refused(policy, "server", NOW, "server/rate-per-minute");
      one.count();
      other.count();
    }
    refused(policy, "server", NOW, "server/rate-per-minute");
  }

  @Test
  void remembersWhatTheJournalTells() throws Exception {
    rates.recall(KEY, "server", NOW.minus(Duration.ofHours(30)));
    rates.recall(KEY, "server", NOW.minus(Duration.ofHours(20)));
    rates.recall(KEY, "server", NOW.minusSeconds(10));
    sign(policy, "server", NOW);
    refused(policy, "server", NOW, "server/rate-per-minute");
    refused(policy, "server", NOW.plusSeconds(120), "server/rate-per-day");
  }

  @Test
  void forgetsNothingWhenTheClockGoesBack() throws Exception {
    sign(policy, "server", NOW);
    sign(policy, "server", NOW);
    refused(policy, "server", NOW.minus(Duration.ofDays(3)), "server/rate-per-minute");
  }

  /** Against a list of all times: never more in any span, and never a needless no. */
  @Test
  void countsAsAListOfAllTimesWould() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    KeyPolicy limited = policy.with(terms(new SignatureRate(5, 40)));
    List<Instant> signed = new ArrayList<>();
    Instant now = NOW;
    for (int i = 0; i < 3000; i++) {
      now =
          now.plusMillis(random.nextInt(4) == 0 ? random.nextInt(4_000_000) : random.nextInt(9000));
      Instant here = now;
      boolean strictly =
          within(signed, here, Duration.ofMinutes(1)) < 5
              && within(signed, here, Duration.ofDays(1)) < 40;
      boolean surely =
          within(signed, here, Duration.ofSeconds(61)) < 5
              && within(signed, here, Duration.ofMinutes(1441)) < 40;
      boolean allowed;
      try {
        sign(limited, "mail", now);
        signed.add(now);
        allowed = true;
      } catch (SigningRefused tooMany) {
        allowed = false;
      }
      assertThat(allowed).as("seed " + seed + " step " + i).isIn(strictly, surely);
      assertThat(!allowed || strictly).as("seed " + seed + " step " + i).isTrue();
    }
  }

  private static long within(List<Instant> signed, Instant now, Duration span) {
    return signed.stream().filter(time -> time.isAfter(now.minus(span))).count();
  }
}
