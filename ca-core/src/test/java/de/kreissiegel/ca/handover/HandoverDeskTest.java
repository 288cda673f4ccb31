package de.kreissiegel.ca.handover;

import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HandoverDeskTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor.Person ERIKA = Bookroom.staff("erika", HASSFURT);
  private static final Bytes SEALED = Bytes.of(new byte[] {1, 2, 3});

  private final SecureRandom random = new SecureRandom();
  private final HandoverDesk desk = at(Bookroom.CLOCK);
  private StoredCertificate certificate;

  @BeforeEach
  void empty() {
    ROOM.clear();
    certificate = sample().storedIn(ROOM.database().database(), ROOM.certificates());
  }

  private HandoverDesk at(Clock clock) {
    return new HandoverDesk(
        Books.of(ROOM.database().source(), "node-1", clock, random).ofHandover(),
        new CertificateInventory(ROOM.certificates(), ROOM.ownership(), ROOM.reads(), clock),
        clock,
        random);
  }

  private HandoverDesk after(Duration time) {
    return at(Clock.fixed(NOW.plus(time), ZoneOffset.UTC));
  }

  @Test
  void givesTheOctetsOutOnceToWhoKnowsIdAndCode() throws Refused {
    var offered = offer();

    assertThat(offered.code()).matches("[0-9]{6}");
    String typed = offered.code().substring(0, 3) + " " + offered.code().substring(3);
    assertThat(desk.collect(HandoverId.of(offered.id().toString()), typed)).isEqualTo(SEALED);
    refuses(RefusalReason.NOT_FOUND, () -> desk.collect(offered.id(), offered.code()));
    assertThat(ROOM.database().number("select count(*) from handover")).isZero();
    assertThat(ROOM.events())
        .extracting(AuditEvent::actor, AuditEvent::action, AuditEvent::object)
        .containsExactly(
            tuple("system:handover", "handover.collected", certificate.auditName()),
            tuple("person:erika", "handover.made", certificate.auditName()));
  }

  @Test
  void givesNothingToTwoWhoComeAtOnce() throws Exception {
    var offered = offer();
    try (var pool = Executors.newFixedThreadPool(8)) {
      var all =
          IntStream.range(0, 8)
              .mapToObj(
                  _ ->
                      pool.submit(
                          () -> {
                            try {
                              return desk.collect(offered.id(), offered.code()).length();
                            } catch (Refused no) {
                              return 0;
                            }
                          }))
              .toList();
      int octets = 0;
      for (var one : all) {
        octets += one.get();
      }
      assertThat(octets).isEqualTo(SEALED.length());
    }
  }

  @Test
  void isDestroyedByTheFifthWrongCode() throws Refused {
    var offered = offer();
    String wrong = offered.code().equals("000000") ? "000001" : "000000";

    for (int left = 4; left > 0; left--) {
      var refused = refuses(RefusalReason.WRONG_CODE, () -> desk.collect(offered.id(), wrong));
      assertThat(refused.refusal().detail()).isEqualTo(left + " more attempts");
    }
    refuses(RefusalReason.NOT_FOUND, () -> desk.collect(offered.id(), wrong));
    refuses(RefusalReason.NOT_FOUND, () -> desk.collect(offered.id(), offered.code()));
    assertThat(ROOM.database().number("select count(*) from handover")).isZero();
    assertThat(ROOM.events().getFirst().detail()).isEqualTo("wrong code, 5 of 5, destroyed");
  }

  @Test
  void isOverAfterTenMinutes() throws Refused {
    var offered = offer();
    var other = offer();

    refuses(RefusalReason.NOT_FOUND, () -> desk.collect(offered.id(), offered.code()));
    assertThat(other.until()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
    var late = after(Duration.ofMinutes(10));
    refuses(RefusalReason.NOT_FOUND, () -> late.collect(other.id(), other.code()));
    after(Duration.ofMinutes(9)).expireOld();
    assertThat(ROOM.database().number("select count(*) from handover")).isOne();
    late.expireOld();
    assertThat(ROOM.database().number("select count(*) from handover")).isZero();
    assertThat(ROOM.events().getFirst().action()).isEqualTo("handover.expired");
  }

  @Test
  void takesNothingFromOthersThanTheHolder() {
    for (var other :
        List.of(
            Bookroom.staff("max", HASSFURT),
            Bookroom.officer(HASSFURT),
            Bookroom.auditor(HASSFURT))) {
      refuses(
          RefusalReason.NOT_FOUND, () -> desk.offer(other, PEOPLE, certificate.serial(), SEALED));
    }
    assertThat(ROOM.events()).isEmpty();
  }

  @Test
  void takesNeitherNothingNorMoreThanFits() throws Refused {
    var most = Bytes.of(new byte[StoredHandover.MOST_OCTETS]);
    var more = Bytes.of(new byte[StoredHandover.MOST_OCTETS + 1]);

    desk.offer(ERIKA, PEOPLE, certificate.serial(), most);
    for (Bytes wrong : List.of(more, Bytes.of(new byte[0]))) {
      refuses(
          RefusalReason.BAD_DATA_FORMAT,
          () -> desk.offer(ERIKA, PEOPLE, certificate.serial(), wrong));
    }
  }

  @Test
  void keepsTheCodeAsAHashAndTellsTheTrailNothingOfIt() throws Refused {
    var offered = offer();

    assertThat(ROOM.database().texts("select handover::text from handover").getFirst())
        .doesNotContain(offered.code());
    assertThat(ROOM.events().toString())
        .doesNotContain(offered.code())
        .doesNotContain(offered.id().toString());
  }

  @Test
  void tellsTheTrailNobodyBesideAPseudonym() throws Refused {
    String holder = "pseudonym:17";
    assertThat(Pseudonym.isHolder(new SubjectId(holder))).isTrue();
    var pseudonymous =
        sample().subject(holder).storedIn(ROOM.database().database(), ROOM.certificates());

    desk.offer(Bookroom.staff(holder, HASSFURT), PEOPLE, pseudonymous.serial(), SEALED);

    assertThat(ROOM.events().getFirst().actor()).isEqualTo("system:pseudonym-bearer");
  }

  private HandoverDesk.Offered offer() throws Refused {
    return desk.offer(ERIKA, PEOPLE, certificate.serial(), SEALED);
  }

  private static Refused refuses(RefusalReason reason, ThrowingCallable call) {
    var refused = catchThrowableOfType(Refused.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
    return refused;
  }
}
