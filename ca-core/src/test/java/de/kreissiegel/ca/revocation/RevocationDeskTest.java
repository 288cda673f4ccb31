package de.kreissiegel.ca.revocation;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevocationDeskTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Duration YEAR = Duration.ofDays(365);
  private static final Actor OFFICER = Bookroom.officer(HASSFURT);
  private static final Actor FOREIGN_OFFICER = Bookroom.officer(EBERN);
  private static final Actor AUDITOR = Bookroom.auditor(HASSFURT);
  private static final Actor ERIKA = Bookroom.staff("erika", HASSFURT);
  private static final Actor COLLEAGUE = Bookroom.staff("max", HASSFURT);
  private static final Actor DIRECTORY = new Actor.Component("directory");

  private final RevocationDesk desk = ROOM.revocationDesk();

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @ParameterizedTest
  @EnumSource(
      value = RevocationReason.class,
      names = {"REMOVE_FROM_CRL", "CA_COMPROMISE", "AA_COMPROMISE", "CERTIFICATE_HOLD"},
      mode = EnumSource.Mode.EXCLUDE)
  void revokesForEachReasonOfRfc5280(RevocationReason reason) throws Refused {
    StoredCertificate certificate = stored(sample());

    StoredCertificate revoked = revoke(OFFICER, certificate, reason);

    assertThat(revoked.status()).isEqualTo(new CertificateStatus.Revoked(NOW, reason));
    assertThat(ROOM.certificates().find(PEOPLE, certificate.serial())).contains(revoked);
  }

  @ParameterizedTest
  @EnumSource(names = {"REMOVE_FROM_CRL", "CA_COMPROMISE", "AA_COMPROMISE"})
  void refusesReasonsThatDoNotFitAnEndEntity(RevocationReason reason) {
    StoredCertificate certificate = stored(sample());

    refuses(RefusalReason.BAD_DATA_FORMAT, () -> revoke(OFFICER, certificate, reason));
    untouched(certificate);
  }

  @Test
  void writesWhoWhyAndForWhomInTheSameTransaction() throws Refused {
    StoredCertificate certificate = stored(sample());

    desk.revoke(
        OFFICER,
        PEOPLE,
        certificate.serial(),
        Revocation.of(RevocationReason.KEY_COMPROMISE, "laptop stolen"));

    AuditEvent event = ROOM.events().getFirst();
    assertThat(event.action()).isEqualTo("certificate.revoked");
    assertThat(event.actor()).isEqualTo(OFFICER.auditName());
    assertThat(event.tenant()).contains(HASSFURT);
    assertThat(event.object()).isEqualTo("certificate:people/" + certificate.serial());
    assertThat(event.detail()).contains("keyCompromise", "Erika Mustermann", "laptop stolen");
    assertThat(ROOM.database().number("select count(*) from outbox where task = 'WITHDRAW'"))
        .isOne();
  }

  @Test
  void letsOnlyTheTenantsOfficersTheOwnerAndComponentsRevoke() throws Refused {
    var superseded = RevocationReason.SUPERSEDED;
    for (Actor allowed : List.of(OFFICER, ERIKA, DIRECTORY)) {
      assertThat(revoke(allowed, stored(sample()), superseded).status())
          .isInstanceOf(CertificateStatus.Revoked.class);
    }
    StoredCertificate certificate = stored(sample());
    refuses(RefusalReason.NOT_FOUND, () -> revoke(FOREIGN_OFFICER, certificate, superseded));
    refuses(RefusalReason.NOT_FOUND, () -> revoke(COLLEAGUE, certificate, superseded));
    refuses(RefusalReason.NOT_AUTHORIZED, () -> revoke(AUDITOR, certificate, superseded));
    untouched(certificate);
  }

  @Test
  void letsAPersonRevokeWhatTheyAnswerFor() throws Refused {
    StoredCertificate ofMailbox = stored(sample().subject(Bookroom.MAILBOX_OF_ERIKA));

    refuses(
        RefusalReason.NOT_FOUND, () -> revoke(COLLEAGUE, ofMailbox, RevocationReason.SUPERSEDED));
    assertThat(revoke(ERIKA, ofMailbox, RevocationReason.SUPERSEDED).status())
        .isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  void letsAPersonWhoMovedAwayNotReachTheCertificateOfTheirFormerTenant() {
    StoredCertificate certificate = stored(sample().tenant(EBERN));

    refuses(RefusalReason.NOT_FOUND, () -> revoke(ERIKA, certificate, RevocationReason.SUPERSEDED));
  }

  @Test
  void letsOnlyComponentsTouchTheSystemsOwn() throws Refused {
    StoredCertificate own = stored(sample().ofSystem("tls-server"));

    refuses(RefusalReason.NOT_FOUND, () -> revoke(OFFICER, own, RevocationReason.SUPERSEDED));
    assertThat(revoke(DIRECTORY, own, RevocationReason.CA_COMPROMISE).status())
        .isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(ROOM.database().number("select count(*) from outbox")).isZero();
  }

  @Test
  void holdsAndReleases() throws Refused {
    StoredCertificate certificate = stored(sample());

    assertThat(revoke(ERIKA, certificate, RevocationReason.CERTIFICATE_HOLD).status())
        .isEqualTo(new CertificateStatus.OnHold(NOW));
    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () -> desk.release(ERIKA, PEOPLE, certificate.serial(), "found it"));
    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () -> desk.release(new Actor.Component("recovery"), PEOPLE, certificate.serial(), ""));
    assertThat(desk.release(OFFICER, PEOPLE, certificate.serial(), "found").status())
        .isEqualTo(new CertificateStatus.Good());
    assertThat(ROOM.events())
        .extracting(AuditEvent::action)
        .containsExactly("certificate.released", "certificate.held");
    assertThat(ROOM.database().number("select count(*) from outbox")).isZero();
  }

  @Test
  void countsAFinalRevocationFromTheHoldOn() throws Refused {
    var held = new CertificateStatus.OnHold(NOW.minus(Duration.ofDays(3)));
    StoredCertificate certificate = stored(sample().status(held));

    assertThat(revoke(OFFICER, certificate, RevocationReason.KEY_COMPROMISE).status())
        .isEqualTo(new CertificateStatus.Revoked(held.since(), RevocationReason.KEY_COMPROMISE));
  }

  @Test
  void refusesWhatIsExpired() {
    StoredCertificate certificate =
        stored(sample().valid(NOW.minusSeconds(60), NOW.minusSeconds(1)));
    StoredCertificate held =
        stored(
            sample()
                .status(new CertificateStatus.OnHold(NOW.minusSeconds(9)))
                .valid(NOW.minusSeconds(60), NOW.minusSeconds(1)));

    refuses(
        RefusalReason.WRONG_STATE, () -> revoke(OFFICER, certificate, RevocationReason.SUPERSEDED));
    refuses(RefusalReason.WRONG_STATE, () -> desk.release(OFFICER, PEOPLE, held.serial(), ""));
    untouched(certificate);
  }

  @Test
  void refusesANoteThatIsTooLong() {
    StoredCertificate certificate = stored(sample());

    refuses(
        RefusalReason.REASON_MISSING,
        () ->
            desk.revoke(
                OFFICER,
                PEOPLE,
                certificate.serial(),
                Revocation.of(RevocationReason.SUPERSEDED, "x".repeat(501))));
    untouched(certificate);
  }

  @Test
  void keepsSinceWhenItWasBad() throws Refused {
    Instant lost = NOW.minus(Duration.ofDays(3));
    StoredCertificate certificate = stored(sample().valid(NOW.minus(YEAR), NOW.plus(YEAR)));

    StoredCertificate revoked = revoke(certificate, lost);

    assertThat(revoked.status())
        .isEqualTo(
            new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE, Optional.of(lost)));
    assertThat(ROOM.certificates().find(PEOPLE, certificate.serial())).contains(revoked);
    assertThat(ROOM.events().getFirst().detail()).contains("bad since " + lost);
  }

  @Test
  void isBadFromItsBeginningWhereTheDateIsEarlier() throws Refused {
    StoredCertificate certificate = stored(sample().valid(NOW.minusSeconds(60), NOW.plus(YEAR)));

    assertThat(revoke(certificate, NOW.minus(YEAR)).status())
        .isEqualTo(
            new CertificateStatus.Revoked(
                NOW, RevocationReason.KEY_COMPROMISE, Optional.of(certificate.notBefore())));
  }

  @Test
  void refusesADateToComeAndOneForAHold() {
    StoredCertificate certificate = stored(sample());

    refuses(RefusalReason.BAD_DATA_FORMAT, () -> revoke(certificate, NOW.plusSeconds(1)));
    refuses(
        RefusalReason.BAD_DATA_FORMAT,
        () ->
            desk.revoke(
                OFFICER,
                PEOPLE,
                certificate.serial(),
                new Revocation(RevocationReason.CERTIFICATE_HOLD, Optional.of(NOW), "")));
    untouched(certificate);
  }

  private StoredCertificate revoke(StoredCertificate certificate, Instant badSince) throws Refused {
    return desk.revoke(
        OFFICER,
        PEOPLE,
        certificate.serial(),
        new Revocation(RevocationReason.KEY_COMPROMISE, Optional.of(badSince), ""));
  }

  @Test
  void revokesOnceWhenManyRevokeAtTheSameTime() throws Exception {
    StoredCertificate certificate = stored(sample());
    Callable<Boolean> attempt =
        () -> {
          try {
            revoke(OFFICER, certificate, RevocationReason.SUPERSEDED);
            return true;
          } catch (Refused late) {
            assertThat(late.reason()).isEqualTo(RefusalReason.WRONG_STATE);
            return false;
          }
        };

    int won = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var result : threads.invokeAll(java.util.Collections.nCopies(16, attempt))) {
        won += result.get() ? 1 : 0;
      }
    }

    assertThat(won).isOne();
    assertThat(ROOM.events()).hasSize(1);
    assertThat(ROOM.certificates().statusVersion(PEOPLE)).isEqualTo(1);
  }

  private StoredCertificate revoke(
      Actor actor, StoredCertificate certificate, RevocationReason reason) throws Refused {
    return desk.revoke(
        actor, certificate.authority(), certificate.serial(), Revocation.of(reason, ""));
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(call)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static void untouched(StoredCertificate certificate) {
    assertThat(ROOM.certificates().find(certificate.authority(), certificate.serial()))
        .contains(certificate);
    assertThat(ROOM.events())
        .extracting(AuditEvent::object)
        .doesNotContain(certificate.auditName());
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(ROOM.database().database(), ROOM.certificates());
  }
}
