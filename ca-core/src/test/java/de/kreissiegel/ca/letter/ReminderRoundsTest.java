package de.kreissiegel.ca.letter;

import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.CertificateBook.NewCertificate;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcLetterBook;
import de.kreissiegel.ca.storage.JdbcReminderBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When people are reminded of the end of a certificate. */
class ReminderRoundsTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant START = Instant.parse("2026-01-10T09:00:00Z");

  private final LetterBook book = new JdbcLetterBook(ROOM.database().database());
  private volatile Instant now = START;

  @BeforeEach
  void empty() {
    ROOM.clear();
    book.open(true);
    now = START;
    look(); // the house begins
  }

  @Test
  void remindsOnTheDayAndNotTheDayBefore() {
    Instant end = now.plus(100, ChronoUnit.DAYS).atZone(BERLIN).withHour(12).toInstant();
    ends("erika", end);

    for (int stage : List.of(45, 14, 3)) {
      ZonedDateTime due = end.atZone(BERLIN).minusDays(stage);
      assertThat(cuesAt(due.minusDays(1))).as("%d days and one before", stage).isEmpty();
      assertThat(cuesAt(due.minusSeconds(1))).isEmpty();
      assertThat(cuesAt(due)).as("%d days before", stage).contains(reminder(end, stage));
      assertThat(cuesAt(due.plusDays(1))).as("not again the day after").isEmpty();
    }
  }

  @Test
  void comesAtTheSameHourWhenTheClocksChangeInBetween() {
    // Summer time begins on 29 March 2026, and ends on 25 October.
    for (String text : List.of("2026-04-10T07:30:00Z", "2026-11-01T10:15:00Z")) {
      Instant end = Instant.parse(text);
      ends("erika " + text, end);
      ZonedDateTime due = end.atZone(BERLIN).minusDays(45);
      assertThat(due.toLocalTime()).isEqualTo(end.atZone(BERLIN).toLocalTime());
      assertThat(Duration.between(due.toInstant(), end)).isNotEqualTo(Duration.ofDays(45));
      assertThat(cuesAt(due.minusSeconds(1))).isEmpty();
      assertThat(cuesAt(due)).containsExactly(reminder(end, 45));
      clear();
    }
  }

  @Test
  void tellsTheOfficersOnlyAtTheLastStage() {
    Instant end = now.plus(Duration.ofDays(50));
    ends("erika", end);

    assertThat(cuesAt(end.atZone(BERLIN).minusDays(14))).noneMatch(key -> key.startsWith("unre"));
    assertThat(cuesAt(end.atZone(BERLIN).minusDays(3)))
        .containsExactlyInAnyOrder(reminder(end, 3), "unrenewed" + reminder(end, 3).substring(8));
  }

  @Test
  void remindsOfTheNewestOneOfAKindAlone() {
    Instant end = now.plus(Duration.ofDays(60));
    ends("erika", end);
    ends("erika", end.plus(Duration.ofDays(90)));
    ends("max", end.plusSeconds(60));

    assertThat(cuesAt(end.atZone(BERLIN).minusDays(40)))
        .containsExactly(reminder(end.plusSeconds(60), 45));
  }

  @Test
  void remindsOfTheOldOneIfItsSuccessorWasRevoked() {
    Instant end = now.plus(Duration.ofDays(60));
    ends("erika", end);
    stored(
        "erika",
        end.plus(Duration.ofDays(90)),
        new CertificateStatus.Revoked(now, RevocationReason.KEY_COMPROMISE));

    assertThat(cuesAt(end.atZone(BERLIN).minusDays(40))).containsExactly(reminder(end, 45));
  }

  @Test
  void remindsNobodyOfWhatIsRevokedOrHeldOrTheHousesOwn() {
    Instant end = now.plus(Duration.ofDays(60));
    stored("a", end, new CertificateStatus.Revoked(now, RevocationReason.SUPERSEDED));
    stored("b", end, new CertificateStatus.OnHold(now));
    sample()
        .ofSystem("web-server")
        .valid(START.minus(Duration.ofDays(365)), end)
        .storedIn(ROOM.database().database(), ROOM.certificates());

    assertThat(cuesAt(end.atZone(BERLIN).minusDays(40))).isEmpty();
  }

  @Test
  void sendsOneReminderAfterAStandstillAndNotTwo() {
    Instant end = now.plus(Duration.ofDays(60));
    ends("erika", end);

    assertThat(cuesAt(end.atZone(BERLIN).minusDays(10))).containsExactly(reminder(end, 14));
  }

  @Test
  void remindsInTheSecondHalfOfALifeOnly() {
    Instant end = now.plus(Duration.ofDays(30));
    sample()
        .profile("vpn-client")
        .subject("erika")
        .valid(now, end)
        .storedIn(ROOM.database().database(), ROOM.certificates());

    assertThat(cuesAt(now.atZone(BERLIN).plusHours(1))).isEmpty();
    assertThat(cuesAt(end.atZone(BERLIN).minusDays(14))).containsExactly(reminder(end, 14));
  }

  @Test
  void readsPageByPageAndForgetsNobody() {
    Instant end = now.plus(Duration.ofDays(60));
    many(1203, i -> end.plusSeconds(i / 3));

    assertThat(cuesAt(end.atZone(BERLIN).minusDays(40))).hasSize(1203);
  }

  @Test
  void remindsOnceWhereTwoNodesLookAtOnce() throws Exception {
    Instant end = now.plus(Duration.ofDays(60));
    many(700, end::plusSeconds);
    now = end.minus(Duration.ofDays(40));
    try (var nodes = Executors.newFixedThreadPool(2)) {
      Callable<Boolean> looking =
          () -> {
            look();
            return true;
          };
      for (var done : nodes.invokeAll(List.of(looking, looking))) {
        done.get();
      }
    }
    look(); // what one passed over, because the other was at it

    assertThat(keys()).hasSize(700).doesNotHaveDuplicates();
  }

  /**
   * Whatever happens when: at each stage at most one, none too early, and none after the renewal.
   */
  @Test
  void keepsToTheTimetableWhateverHappens() {
    long seed = new Random().nextLong();
    var chance = new Random(seed);
    for (int life = 0; life < 12; life++) {
      clear();
      now = START.plus(Duration.ofHours(chance.nextInt(24 * 365)));
      look();
      Instant born = now;
      Instant end =
          born.plus(Duration.ofHours(24L * (10 + chance.nextInt(400)) + chance.nextInt(24)));
      String person = "person " + life;
      sample()
          .profile("vpn-client")
          .subject(person)
          .valid(born, end)
          .storedIn(ROOM.database().database(), ROOM.certificates());
      Instant renewed = born.plus(Duration.ofHours(chance.nextInt(24 * 450)));
      boolean isRenewed = false;
      var got = new ArrayList<String>();
      var expected = new ArrayList<Integer>();
      Instant before = now;
      while (now.isBefore(end)) {
        now = now.plus(Duration.ofHours(1 + chance.nextInt(24 * 12)));
        if (!isRenewed && !now.isBefore(renewed)) {
          ends(person, end.plus(Duration.ofDays(500)));
          isRenewed = true;
        }
        if (!isRenewed) {
          due(born, end, before, now).ifPresent(expected::add);
        }
        got.addAll(cuesAt(now.atZone(BERLIN)));
        before = now;
      }
      List<Integer> stages =
          got.stream()
              .filter(key -> key.startsWith("reminder"))
              .map(key -> Integer.valueOf(key.substring(key.lastIndexOf('/') + 1)))
              .toList();
      assertThat(stages).as("seed %d, life %d", seed, life).isEqualTo(expected);
    }
  }

  /** The last stage whose hour came between two looks, by the rules as people would say them. */
  private static Optional<Integer> due(Instant born, Instant end, Instant after, Instant until) {
    return Stream.of(3, 14, 45)
        .filter(stage -> !end.atZone(BERLIN).minusDays(stage).toInstant().isAfter(until))
        .findFirst()
        .filter(stage -> end.atZone(BERLIN).minusDays(stage).toInstant().isAfter(after))
        .filter(
            stage ->
                Duration.between(born, end.atZone(BERLIN).minusDays(stage).toInstant())
                        .multipliedBy(2)
                        .compareTo(Duration.between(born, end).minusNanos(1))
                    > 0);
  }

  private final List<StoredCertificate> all = new ArrayList<>();

  private void ends(String person, Instant end) {
    stored(person, end, new CertificateStatus.Good());
  }

  private void stored(String person, Instant end, CertificateStatus status) {
    all.add(
        sample()
            .profile("vpn-client")
            .subject(person)
            .valid(end.minus(Duration.ofDays(700)), end)
            .status(status)
            .storedIn(ROOM.database().database(), ROOM.certificates()));
  }

  private void many(int count, IntFunction<Instant> end) {
    List<NewCertificate> news =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    sample()
                        .profile("vpn-client")
                        .subject("p" + i)
                        .valid(START.minus(Duration.ofDays(400)), end.apply(i))
                        .build())
            .map(
                one ->
                    new NewCertificate(
                        one, SampleCertificate.keyHash(one), SampleCertificate.anyHash()))
            .toList();
    ROOM.database()
        .database()
        .inTransaction(transaction -> ROOM.certificates().insert(transaction, news));
  }

  private String reminder(Instant end, int stage) {
    StoredCertificate one =
        ROOM.certificates().ofSubjects(subjects()).stream()
            .filter(it -> it.notAfter().equals(end))
            .findFirst()
            .orElseThrow();
    return "reminder/%s/%s/%d".formatted(one.authority(), one.serial(), stage);
  }

  private List<SubjectId> subjects() {
    return Stream.concat(
            Stream.of(new SubjectId("erika")), all.stream().map(one -> one.subject().orElseThrow()))
        .toList();
  }

  /** What is new after a look at that time. */
  private List<String> cuesAt(ZonedDateTime time) {
    List<String> before = keys();
    now = time.toInstant();
    look();
    List<String> after = new ArrayList<>(keys());
    after.removeAll(before);
    return after;
  }

  private List<String> keys() {
    return ROOM.database().texts("select key from letter_cue order by id");
  }

  private void clear() {
    ROOM.database().execute("delete from letter_cue");
    ROOM.database().overrule("truncate certificate cascade");
    ROOM.database().execute("delete from reminder_round");
  }

  private void look() {
    Clock fixed = Clock.fixed(now, ZoneOffset.UTC);
    new ReminderRounds(
            new JdbcReminderBook(ROOM.database().database()),
            book,
            ROOM.database().database(),
            ProfileCatalog.bundled(),
            new LetterSettings(
                List.of(3, 45, 14),
                BERLIN,
                "betrieb@kreis.example",
                Duration.ofDays(3),
                Duration.ofDays(90)),
            fixed)
        .look();
  }
}
