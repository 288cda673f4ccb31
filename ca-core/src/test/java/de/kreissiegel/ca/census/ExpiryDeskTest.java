package de.kreissiegel.ca.census;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.inventory.CertificateStatus.OnHold;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.Books;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExpiryDeskTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant LATE_IN_THE_EVENING = Instant.parse("2026-11-30T23:30:00Z");

  private final ExpiryDesk desk =
      new ExpiryDesk(
          Books.of(ROOM.database().source(), "node-1", Bookroom.CLOCK, new SecureRandom()).census(),
          BERLIN,
          Bookroom.CLOCK);

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @Test
  void countsByTheDaysOfTheDistrictWhatIsGoodAndInOnesTenants() throws Refused {
    ends(sample(), LATE_IN_THE_EVENING);
    ends(sample(), LATE_IN_THE_EVENING.plusSeconds(60));
    ends(sample().profile("vpn-client"), LATE_IN_THE_EVENING);
    ends(sample().tenant(EBERN), LATE_IN_THE_EVENING);
    ends(sample().status(new OnHold(NOW)), LATE_IN_THE_EVENING);
    ends(sample(), NOW.minusSeconds(1));
    ends(sample(), NOW.plus(ExpiryDesk.AHEAD).plusSeconds(1));

    LocalDate inBerlin = LocalDate.of(2026, 12, 1);
    assertThat(desk.ends(Bookroom.officer(HASSFURT)))
        .containsExactlyInAnyOrder(
            new ExpiryTally(HASSFURT, sample().build().profile(), inBerlin, 2),
            new ExpiryTally(HASSFURT, new ProfileName("vpn-client"), inBerlin, 1));
    assertThat(desk.ends(Bookroom.auditor(EBERN))).hasSize(1);
  }

  @Test
  void tellsNobodyWhoMayNotSeeCertificates() {
    for (Actor.Person nobody :
        List.of(
            Bookroom.staff("erika", HASSFURT),
            Bookroom.staff("helper").helping(Set.of(HASSFURT)),
            Bookroom.officer(HASSFURT).provenBy(Proof.PASSWORD))) {
      assertThatExceptionOfType(Refused.class)
          .isThrownBy(() -> desk.ends(nobody))
          .satisfies(
              refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_AUTHORIZED));
    }
  }

  @Test
  void sumsUpMonthsAndWeeksWithoutLeavingOneOut() {
    var profile = new ProfileName("smime");
    LocalDate sunday = LocalDate.of(2026, 11, 22);
    List<ExpiryTally> tallies =
        List.of(
            new ExpiryTally(HASSFURT, profile, sunday, 1),
            new ExpiryTally(HASSFURT, profile, sunday.plusDays(1), 2),
            new ExpiryTally(EBERN, profile, LocalDate.of(2027, 1, 31), 4));

    assertThat(ExpiryStep.WEEK.periods(sunday, tallies))
        .hasSize(26)
        .startsWith(
            new ExpiryStep.Period(LocalDate.of(2026, 11, 16), sunday, 1),
            new ExpiryStep.Period(sunday.plusDays(1), LocalDate.of(2026, 11, 29), 2));
    assertThat(ExpiryStep.MONTH.periods(sunday, tallies))
        .hasSize(18)
        .startsWith(
            new ExpiryStep.Period(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30), 3),
            new ExpiryStep.Period(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 31), 0),
            new ExpiryStep.Period(LocalDate.of(2027, 1, 1), LocalDate.of(2027, 1, 31), 4));
  }

  private void ends(SampleCertificate sample, Instant at) {
    sample
        .valid(NOW.minus(Duration.ofDays(400)), at)
        .storedIn(ROOM.database().database(), ROOM.certificates());
  }
}
