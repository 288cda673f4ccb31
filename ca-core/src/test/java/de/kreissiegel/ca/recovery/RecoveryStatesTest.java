package de.kreissiegel.ca.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever people try in whatever order, nobody gets a key who shouldn't. */
class RecoveryStatesTest {
  private static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
  private static final List<String> PEOPLE =
      List.of("owner", "collector", "requester", "otto", "olga", "oskar");

  @Test
  void keepsItsRulesInWhateverOrderPeopleAct() {
    long seed = new SecureRandom().nextLong();
    var random = new Random(seed);
    for (int life = 0; life < 2000; life++) {
      live(random, "seed " + seed + ", life " + life);
    }
  }

  private static void live(Random random, String which) {
    int needed = 2 + random.nextInt(2);
    Recovery recovery = new Recovery.Requested(terms(needed), List.of());
    Instant now = START;
    for (int step = 0; step < 30; step++) {
      now = now.plus(Duration.ofHours(random.nextInt(24)));
      var by = new SubjectId(PEOPLE.get(random.nextInt(PEOPLE.size())));
      Recovery before = recovery;
      recovery = step(recovery, random.nextInt(6), new Said(by, by.value(), now), random);
      holds(before, recovery, by, now, which);
    }
  }

  private static Recovery step(Recovery recovery, int what, Said said, Random random) {
    try {
      return switch (what) {
        case 0, 1 ->
            recovery instanceof Recovery.Requested requested ? requested.approved(said) : recovery;
        case 2 ->
            recovery.ready(
                said,
                new Recovery.Offer(
                    FileId.random(new SecureRandom()), said.at().plus(Duration.ofHours(24)), 0));
        case 3 ->
            recovery instanceof Recovery.Ready ready && said.by().equals(ready.terms().collector())
                ? new Recovery.Collected(
                    ready.terms(), ready.given(), ready.released(), 0, said.at())
                : recovery;
        case 4 ->
            random.nextInt(4) == 0
                ? recovery.without(
                    recovery.given().stream()
                        .filter(_ -> random.nextBoolean())
                        .collect(Collectors.toSet()))
                : recovery;
        default ->
            random.nextInt(10) == 0
                ? recovery.ended(
                    Recovery.Ending.REFUSED, said.by().value(), said.name(), said.at(), "")
                : recovery;
      };
    } catch (Refused refused) {
      return recovery;
    }
  }

  private static void holds(
      Recovery before, Recovery after, SubjectId by, Instant now, String which) {
    Set<SubjectId> signers = new HashSet<>(after.given().stream().map(Said::by).toList());
    assertThat(signers).as(which).hasSameSizeAs(after.given());
    assertThat(signers.stream().anyMatch(after.terms()::concerns)).as(which).isFalse();
    if (after instanceof Recovery.Approved
        || after instanceof Recovery.Ready
        || after instanceof Recovery.Collected) {
      assertThat(after.given()).as(which).hasSize(after.terms().needed());
    }
    if (after instanceof Recovery.Ready ready) {
      assertThat(ready.terms().concerns(ready.released().by())).as(which).isFalse();
      assertThat(ready.released().at()).as(which).isBefore(after.terms().until());
    }
    if (!before.isOpen()) {
      assertThat(after).as(which).isEqualTo(before);
    }
    if (after instanceof Recovery.Collected collected && before.isOpen()) {
      assertThat(before).as(which).isInstanceOf(Recovery.Ready.class);
      assertThat(by).as(which).isEqualTo(collected.terms().collector());
    }
    assertThat(now).as(which).isAfterOrEqualTo(START);
    assertThat(after.terms()).as(which).isEqualTo(before.terms());
  }

  private static Recovery.Terms terms(int needed) {
    Bytes hash = Bytes.of(new byte[32]);
    return new Recovery.Terms(
        new RecoveryId(UUID.randomUUID()),
        new TenantId("stadt-a.example"),
        new SubjectId("owner"),
        "Owner",
        "Stadt A",
        new Said(new SubjectId("requester"), "Requester", START),
        new SubjectId("collector"),
        "Collector",
        "Az. 1/26",
        needed,
        List.of(
            new Recovery.Item(
                UUID.randomUUID(),
                hash,
                new AuthorityName("people"),
                SerialNumber.fromHex("0a1b"),
                new KeyId("escrow"),
                hash)));
  }
}
