package de.kreissiegel.ca.revocation;

import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.status.CrlBook;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcCrlBook;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that was put back from an older backup gets its revocations again. */
class RevocationReplayTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor OFFICER = Bookroom.officer(HASSFURT);

  private final SigningAuthority people = SigningAuthority.named(PEOPLE);
  private final CrlBook crls = new JdbcCrlBook(ROOM.database().database());
  private final RevocationReplay replay =
      new RevocationReplay(
          ROOM.books(), crls, new AuthorityCatalog(List.of(people.authority()), Map.of()));
  private final RevocationDesk desk = ROOM.revocationDesk();

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @Test
  void takesBackWhatAnExportOfTheFactsSays() throws Refused {
    StoredCertificate compromised =
        sample()
            .valid(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)))
            .storedIn(ROOM.database().database(), ROOM.certificates());
    StoredCertificate held = stored();
    StoredCertificate released = stored();
    StoredCertificate untouched = stored();
    Instant lost = NOW.minus(Duration.ofMinutes(1));
    revoke(
        compromised, new Revocation(RevocationReason.KEY_COMPROMISE, Optional.of(lost), "stolen"));
    revoke(held, Revocation.of(RevocationReason.CERTIFICATE_HOLD, ""));
    revoke(released, Revocation.of(RevocationReason.CERTIFICATE_HOLD, ""));
    desk.release(OFFICER, PEOPLE, released.serial(), "");
    List<String> export = export();
    putBack();

    assertThat(replay.facts(export.stream())).isEqualTo(new RevocationReplay.Outcome(2, 0, 0, 0));

    assertThat(statusOf(compromised).toString()).contains("KEY_COMPROMISE", lost.toString());
    assertThat(statusOf(held)).isEqualTo(new CertificateStatus.OnHold(NOW));
    assertThat(statusOf(released)).isEqualTo(new CertificateStatus.Good());
    assertThat(statusOf(untouched)).isEqualTo(new CertificateStatus.Good());
    assertThat(ROOM.events()).filteredOn(event -> event.actor().equals("system:replay")).hasSize(2);
    assertThat(replay.facts(export.stream()))
        .as("a second time changes nothing")
        .isEqualTo(new RevocationReplay.Outcome(0, 2, 0, 0));
  }

  @Test
  void takesBackWhatAPublishedListSays() throws Refused {
    StoredCertificate one = stored();
    StoredCertificate other = stored();
    revoke(one, Revocation.of(RevocationReason.SUPERSEDED, ""));
    revoke(other, Revocation.of(RevocationReason.CERTIFICATE_HOLD, ""));
    var never = SerialNumber.fromHex("0123456789");
    Bytes list =
        people.list(
            Map.of(
                one.serial(),
                statusOf(one),
                other.serial(),
                statusOf(other),
                never,
                new CertificateStatus.OnHold(NOW)));
    putBack();

    assertThat(replay.list(list)).isEqualTo(new RevocationReplay.Outcome(2, 0, 1, 0));

    assertThat(statusOf(one))
        .isEqualTo(new CertificateStatus.Revoked(NOW, RevocationReason.SUPERSEDED));
    assertThat(statusOf(other)).isEqualTo(new CertificateStatus.OnHold(NOW));
  }

  @Test
  void neverTakesARevocationAway() throws Refused {
    StoredCertificate revoked = stored();
    List<String> before = List.of(FactLine.of(fact(revoked, new CertificateStatus.Good())));
    List<String> hold = List.of(FactLine.of(fact(revoked, new CertificateStatus.OnHold(NOW))));
    revoke(revoked, Revocation.of(RevocationReason.KEY_COMPROMISE, ""));

    replay.facts(before.stream());
    replay.facts(hold.stream());

    assertThat(statusOf(revoked)).isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  void makesARevocationOfAHold() throws Refused {
    StoredCertificate held = stored();
    revoke(held, Revocation.of(RevocationReason.CERTIFICATE_HOLD, ""));
    var revoked = new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE);

    replay.facts(java.util.stream.Stream.of(FactLine.of(fact(held, revoked))));

    assertThat(statusOf(held)).isEqualTo(revoked);
  }

  @Test
  void aMissingListIsFoundOnceItOrALaterOneWasTakenIn() {
    for (long number : List.of(42L, 43L)) {
      misses(42);
      assertThat(replay.list(list(41, OptionalLong.empty())).found()).as("an older one").isZero();
      assertThat(missing()).isEqualTo(Optional.of(42L));
      assertThat(replay.list(list(number, OptionalLong.empty())).found()).isOne();
      assertThat(missing()).isEmpty();
      ROOM.clear();
    }
  }

  @Test
  void aDeltaListCountsOnlyBesidesTheFullOneThatItChanges() {
    misses(42);

    assertThat(replay.list(list(42, OptionalLong.of(40))).found()).isZero();
    assertThat(missing()).isEqualTo(Optional.of(42L));
    assertThat(replay.list(list(40, OptionalLong.empty())).found()).isZero();
    assertThat(replay.list(list(42, OptionalLong.of(40))).found()).isOne();
    assertThat(missing()).isEmpty();
  }

  @Test
  void aListStaysMissingWhileCertificatesAreThatItTellsOf() {
    misses(42);
    Bytes list =
        people.list(
            Map.of(SerialNumber.fromHex("0123"), new CertificateStatus.OnHold(NOW)),
            OptionalLong.of(42),
            OptionalLong.empty());

    assertThat(replay.list(list)).isEqualTo(new RevocationReplay.Outcome(0, 0, 1, 0));
    assertThat(missing()).isEqualTo(Optional.of(42L));
  }

  @Test
  void anExportFindsTheListsThatItSaysItTellsOf() {
    misses(42);
    String older = new ListLine(PEOPLE, 0, 41).written();
    String same = new ListLine(PEOPLE, 0, 42).written();

    assertThat(replay.facts(java.util.stream.Stream.of(older)).found()).isZero();
    assertThat(replay.facts(java.util.stream.Stream.of(same)).found()).isOne();
    assertThat(missing()).isEmpty();
  }

  @Test
  void givingAListUpIsOnTheRecord() {
    misses(42);

    assertThat(replay.giveUp(CrlName.of(PEOPLE), 41, "older")).isFalse();
    assertThat(replay.giveUp(CrlName.of(PEOPLE), 42, "never got out; decided by the ISB")).isTrue();

    assertThat(missing()).isEmpty();
    assertThat(
            ROOM.database()
                .number(
                    """
                    select count(*) from audit_event
                      where action = 'crl.given-up' and object = 'crl:people/42'
                        and detail = 'never got out; decided by the ISB'
                    """))
        .isOne();
  }

  private void misses(long number) {
    ROOM.database()
        .database()
        .inTransaction(
            transaction -> {
              crls.numberSeen(transaction, PEOPLE, 0, number);
              return number;
            });
    assertThat(missing()).isEqualTo(Optional.of(number));
  }

  private Optional<Long> missing() {
    return crls.lines().stream()
        .filter(line -> line.authority().equals(PEOPLE))
        .flatMap(line -> line.missing().stream())
        .findFirst();
  }

  private Bytes list(long number, OptionalLong base) {
    return people.list(Map.of(), OptionalLong.of(number), base);
  }

  @Test
  void refusesAListThatNoAuthorityHereHasSigned() {
    StoredCertificate good = stored();
    Bytes forged =
        SigningAuthority.named(PEOPLE)
            .list(Map.of(good.serial(), new CertificateStatus.OnHold(NOW)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> replay.list(forged))
        .withMessageContaining("no authority here");
    assertThat(statusOf(good)).isEqualTo(new CertificateStatus.Good());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "x",
        "{\"number\":1}",
        "{\"number\":1,\"authority\":\"../x\",\"serial\":\"01\",\"state\":\"good\",\"recordedAt\":\"2026-11-22T08:00:00Z\"}",
        "{\"number\":1,\"authority\":\"people\",\"serial\":\"zz\",\"state\":\"good\",\"recordedAt\":\"2026-11-22T08:00:00Z\"}",
        "{\"number\":1,\"authority\":\"people\",\"serial\":\"01\",\"state\":\"hold\",\"recordedAt\":\"2026-11-22T08:00:00Z\"}",
        "{\"number\":1,\"authority\":\"people\",\"serial\":\"01\",\"state\":\"hold\",\"since\":\"yesterday\",\"recordedAt\":\"2026-11-22T08:00:00Z\"}",
        "{\"number\":1,\"authority\":\"people\",\"serial\":\"01\",\"state\":\"lost\",\"recordedAt\":\"2026-11-22T08:00:00Z\"}",
        "{\"number\":\"1\",\"authority\":\"people\",\"serial\":\"01\",\"state\":\"good\",\"recordedAt\":\"2026-11-22T08:00:00Z\"}",
        "{\"number\":"
      })
  void refusesALineThatIsNoneAndChangesNothing(String line) {
    StoredCertificate good = stored();
    String right = FactLine.of(fact(good, new CertificateStatus.OnHold(NOW)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> replay.facts(java.util.stream.Stream.of(right, line)));
    assertThat(statusOf(good)).isEqualTo(new CertificateStatus.Good());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-----BEGIN X509 CRL-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
      })
  void refusesAFileThatIsNoList(String file) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> replay.list(Bytes.of(file.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
  }

  private static RevocationFact fact(StoredCertificate certificate, CertificateStatus status) {
    return new RevocationFact(1, certificate.authority(), certificate.serial(), status, NOW);
  }

  private static List<String> export() {
    var lines = new ArrayList<String>();
    ROOM.revocations().each(0, fact -> lines.add(FactLine.of(fact)));
    assertThat(lines.stream().map(FactLine::read).map(FactLine::of).collect(Collectors.toList()))
        .isEqualTo(lines);
    return lines;
  }

  /** As from a backup of before. */
  private static void putBack() {
    ROOM.database()
        .overrule(
            """
            update certificate set state = 'good', state_since = null, revocation_reason = null,
              invalidity_date = null
            """);
    ROOM.database().overrule("delete from revocation_fact");
    ROOM.database().overrule("delete from audit_event");
  }

  private static CertificateStatus statusOf(StoredCertificate certificate) {
    return ROOM.certificates()
        .find(certificate.authority(), certificate.serial())
        .orElseThrow()
        .status();
  }

  private void revoke(StoredCertificate certificate, Revocation revocation) throws Refused {
    desk.revoke(OFFICER, certificate.authority(), certificate.serial(), revocation);
  }

  private static StoredCertificate stored() {
    return sample().storedIn(ROOM.database().database(), ROOM.certificates());
  }
}
