package de.kreissiegel.ca.lifecycle;

import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle.Departure;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.x509.RevocationReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectLifecycleTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private final Requests requests = new Requests();
  private final Map<RequestId, SubjectKind> kinds = new HashMap<>();

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @Test
  void watchesWhoHasACertificateOrAnOpenRequest() {
    stored(sample());
    stored(sample().subject("gone").status(revoked()));
    requests.open.put(new SubjectId("applicant"), "");

    assertThat(lifecycle(Brake.DEFAULT).watched())
        .containsExactlyInAnyOrder(new SubjectId("erika"), new SubjectId("applicant"));
  }

  @Test
  void revokesAllThatIsGoodOrHeldAndRefusesWhatIsOpen() {
    StoredCertificate good = stored(sample());
    StoredCertificate held = stored(sample().status(new CertificateStatus.OnHold(NOW)));
    StoredCertificate gone = stored(sample().status(revoked()));
    StoredCertificate expired = stored(sample().valid(NOW.minusSeconds(9), NOW.minusSeconds(1)));
    StoredCertificate others = stored(sample().subject("max"));
    requests.open.put(new SubjectId("erika"), "");

    int count = lifecycle(Brake.DEFAULT).subjectsLeft(List.of(left("erika")));

    assertThat(count).isEqualTo(2);
    for (StoredCertificate certificate : List.of(good, held)) {
      assertThat(status(certificate))
          .isEqualTo(new CertificateStatus.Revoked(NOW, RevocationReason.AFFILIATION_CHANGED));
    }
    for (StoredCertificate certificate : List.of(gone, expired, others)) {
      assertThat(status(certificate)).isEqualTo(certificate.status());
    }
    assertThat(requests.refused).containsEntry(new SubjectId("erika"), "entry disabled");
    assertThat(ROOM.events())
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.action()).isEqualTo("certificate.revoked");
              assertThat(event.actor()).isEqualTo("system:directory");
              assertThat(event.detail()).contains("affiliationChanged", "entry disabled");
            });
  }

  @Test
  void saysOfMachinesAndMailboxesThatTheyCeasedToOperate() {
    StoredCertificate gateway = stored(sample().subject("gateway"));
    kinds.put(gateway.request().orElseThrow(), SubjectKind.SERVICE);

    lifecycle(Brake.DEFAULT).subjectsLeft(List.of(left("gateway")));

    assertThat(status(gateway))
        .isEqualTo(new CertificateStatus.Revoked(NOW, RevocationReason.CESSATION_OF_OPERATION));
  }

  @Test
  void doesNothingTheSecondTime() {
    stored(sample());
    SubjectLifecycle lifecycle = lifecycle(Brake.DEFAULT);

    assertThat(lifecycle.subjectsLeft(List.of(left("erika"), left("erika")))).isOne();
    assertThat(lifecycle.subjectsLeft(List.of(left("erika")))).isZero();
    assertThat(ROOM.events()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    // absolute, share, watched, leaving, stopped
    "25, 0.02, 1000, 24, false",
    "25, 0.02, 1000, 25, false",
    "25, 0.02, 1000, 26, true",
    "25, 0.02, 1300, 26, false",
    "25, 0.02, 1299, 26, true",
    "25, 0.02, 2000, 39, false",
    "25, 0.02, 2000, 40, false",
    "25, 0.02, 2000, 41, true",
    "25, 0.02, 25, 25, false",
    "0, 0.0, 10, 1, true",
    "0, 0.0, 10, 0, false"
  })
  void brakesOnlyBeyondBothLimits(
      int absolute, double share, int watched, int leaving, boolean stopped) {
    assertThat(new Brake(absolute, share).stops(leaving, watched)).isEqualTo(stopped);
  }

  @Test
  void revokesNobodyWhenTooManyLeaveAtOnceAndSaysSoOnce() {
    List<StoredCertificate> certificates =
        IntStream.rangeClosed(1, 4).mapToObj(n -> stored(sample().subject("s" + n))).toList();
    List<Departure> four = IntStream.rangeClosed(1, 4).mapToObj(n -> left("s" + n)).toList();
    SubjectLifecycle lifecycle = lifecycle(new Brake(3, 0.5));

    assertThat(lifecycle.subjectsLeft(four)).isZero();
    assertThat(lifecycle.subjectsLeft(four)).isZero();
    assertThat(lifecycle.isBraked()).isTrue();
    assertThat(certificates)
        .allSatisfy(
            certificate -> assertThat(status(certificate)).isEqualTo(new CertificateStatus.Good()));
    assertThat(requests.refused).isEmpty();
    assertThat(ROOM.events()).extracting(AuditEvent::action).containsExactly("directory.brake");

    assertThat(lifecycle.subjectsLeft(four.subList(0, 3))).isEqualTo(3);
    assertThat(lifecycle.isBraked()).isFalse();
  }

  @Test
  void countsOnlyThoseWhomItConcernsForTheBrake() {
    stored(sample());
    List<Departure> many =
        IntStream.rangeClosed(1, 50).mapToObj(n -> left(n == 1 ? "erika" : "x" + n)).toList();

    assertThat(lifecycle(new Brake(3, 0.5)).subjectsLeft(many)).isOne();
  }

  private SubjectLifecycle lifecycle(Brake brake) {
    return new SubjectLifecycle(
        ROOM.revocationDesk(),
        ROOM.books(),
        requests,
        new SubjectLifecycle.Settings(request -> Optional.ofNullable(kinds.get(request)), brake),
        Bookroom.CLOCK);
  }

  private static Departure left(String subject) {
    return new Departure(new SubjectId(subject), "entry disabled");
  }

  private static CertificateStatus revoked() {
    return new CertificateStatus.Revoked(NOW, RevocationReason.SUPERSEDED);
  }

  private static CertificateStatus status(StoredCertificate certificate) {
    return ROOM.certificates().find(PEOPLE, certificate.serial()).orElseThrow().status();
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(ROOM.database().database(), ROOM.certificates());
  }

  /** Open requests of subjects, as the registration desk tells of them. */
  private static final class Requests implements OpenRequests {
    final Map<SubjectId, String> open = new HashMap<>();
    final Map<SubjectId, String> refused = new HashMap<>();

    @Override
    public Set<SubjectId> subjects() {
      return Set.copyOf(open.keySet());
    }

    @Override
    public void refuse(Actor.Component component, SubjectId subject, String cause) {
      if (open.remove(subject) != null) {
        refused.put(subject, cause);
      }
    }
  }
}
