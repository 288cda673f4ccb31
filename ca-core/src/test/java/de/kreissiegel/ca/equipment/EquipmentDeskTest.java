package de.kreissiegel.ca.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.equipment.Equipment.Kind;
import de.kreissiegel.ca.equipment.Equipment.State;
import de.kreissiegel.ca.equipment.EquipmentBook.Which;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is handed out, comes back, is lost or destroyed. */
class EquipmentDeskTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir Path folder;
  private House house;
  private EquipmentDesk desk;
  private Actor.Person officer;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, House.withoutOfficers(folder), new MovableClock());
    var random = new SecureRandom();
    Books books = Books.of(DATABASE.source(), "test", house.clock, random);
    officer = House.officer(house.otto, House.TOWN);
    desk =
        new EquipmentDesk(
            books.ofEquipment(),
            house.directory,
            new RevocationDesk(books.ofRevocation(), new Ownership(house.directory), house.clock),
            house.clock,
            random);
  }

  @Test
  void keepsWhoGotWhatFromWhomAndThatItCameBack() throws Exception {
    Equipment out = desk.handOut(officer, card("4711", house.anna));
    house.clock.pass(Duration.ofDays(1));
    Equipment back = desk.move(officer, out.id(), State.RETURNED, "Umzug");

    assertThat(all(officer))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.equipment()).isEqualTo(back);
              assertThat(one.equipment().issued()).isEqualTo(out.issued());
              assertThat(one.equipment().holderName()).isEqualTo("Anna Amsel");
              assertThat(one.due()).isFalse();
            });
    assertThat(
            DATABASE.texts(
                "select action from audit_event where object like 'equipment:%' order by sequence"))
        .containsExactly("equipment.out", "equipment.returned");
  }

  private List<EquipmentDesk.Listed> all(Actor.Person person) throws Refused {
    return desk.some(person, Optional.empty(), Which.ALL, 0, 100);
  }

  /** However long the register is, all of it can be seen. */
  @Test
  void pagesThroughAll() throws Exception {
    for (int i = 0; i < 5; i++) {
      desk.handOut(officer, card("s" + i, house.anna));
      house.clock.pass(Duration.ofMinutes(1));
    }
    Equipment eldest = desk.some(officer, Optional.empty(), Which.OUT, 4, 2).getFirst().equipment();
    assertThat(eldest.serial()).isEqualTo("s0");
    assertThat(desk.some(officer, Optional.of(House.TOWN), Which.OUT, 0, 2))
        .extracting(one -> one.equipment().serial())
        .containsExactly("s4", "s3");
    desk.move(officer, eldest.id(), State.RETURNED, "");
    assertThat(desk.some(officer, Optional.empty(), Which.OUT, 0, 100)).hasSize(4);
    assertThat(desk.some(officer, Optional.of(House.VILLAGE), Which.ALL, 0, 100)).isEmpty();
  }

  @Test
  void handsTheSameThingToOneAtATime() throws Exception {
    Equipment out = desk.handOut(officer, card("4711", house.anna));
    refuses(RefusalReason.DUPLICATE, () -> desk.handOut(officer, card(" 4711 ", house.olga)));

    desk.move(officer, out.id(), State.RETURNED, "");
    desk.handOut(officer, card("4711", house.olga));
    refuses(RefusalReason.WRONG_STATE, () -> desk.move(officer, out.id(), State.RETURNED, ""));
    refuses(RefusalReason.WRONG_STATE, () -> desk.move(officer, out.id(), State.LOST, "weg"));
  }

  @Test
  void holdsWhatIsOnALostOne() throws Exception {
    StoredCertificate certificate = house.certificateOf(house.approved(house.anna, House.VPN));
    var link = new Equipment.Link(certificate.authority(), certificate.serial());
    Equipment out =
        desk.handOut(
            officer, new Handout(House.TOWN, house.anna.id(), Kind.TOKEN, "T-1", "", Set.of(link)));

    refuses(RefusalReason.REASON_MISSING, () -> desk.move(officer, out.id(), State.LOST, " "));
    Equipment lost = desk.move(officer, out.id(), State.LOST, "im Zug");

    assertThat(lost.certificates()).containsExactly(link);
    assertThat(desk.holdCertificates(officer, lost)).isOne();
    assertThat(desk.holdCertificates(officer, lost)).isZero();
    assertThat(house.certificates.find(link.authority(), link.serial()).orElseThrow().status())
        .isInstanceOf(CertificateStatus.OnHold.class);
  }

  @Test
  void saysWhatHasToComeBackFromWhoLeft() throws Exception {
    Equipment ofAnna = desk.handOut(officer, card("1", house.anna));
    Equipment ofOlga = desk.handOut(officer, card("2", house.olga));
    Equipment back = desk.handOut(officer, card("3", house.anna));
    desk.move(officer, back.id(), State.RETURNED, "");
    assertThat(due()).isEmpty(); // no directory was read yet

    inRoster(house.anna, "DISABLED");
    inRoster(house.olga, "WORKING");
    assertThat(due()).containsExactly(ofAnna.id());

    DATABASE.execute("delete from roster where subject_id = ?", house.olga.id().value());
    assertThat(due()).containsExactlyInAnyOrder(ofAnna.id(), ofOlga.id());
  }

  @Test
  void isForTheTenantsOfficersAndNobodyServesThemselves() throws Exception {
    Equipment out = desk.handOut(officer, card("1", house.anna));
    Actor.Person foreign = House.officer(house.olga, House.VILLAGE);

    assertThat(all(foreign)).isEmpty();
    refuses(RefusalReason.NOT_FOUND, () -> desk.move(foreign, out.id(), State.RETURNED, ""));
    refuses(RefusalReason.NOT_AUTHORIZED, () -> desk.handOut(foreign, card("2", house.anna)));
    for (Actor.Person nobody :
        List.of(
            House.staff(house.anna),
            House.staff(house.anna).helping(Set.of(House.TOWN)),
            officer.provenBy(Proof.PASSWORD))) {
      refuses(RefusalReason.NOT_AUTHORIZED, () -> all(nobody));
      refuses(RefusalReason.NOT_AUTHORIZED, () -> desk.handOut(nobody, card("2", house.olga)));
    }
    refuses(RefusalReason.OWN_APPLICATION, () -> desk.handOut(officer, card("2", house.otto)));
    Equipment ofOtto = desk.handOut(House.officer(house.olga, House.TOWN), card("3", house.otto));
    refuses(
        RefusalReason.OWN_APPLICATION, () -> desk.move(officer, ofOtto.id(), State.RETURNED, ""));
  }

  @Test
  void takesNoWrongSerialsNoStrangersAndNobodyElsesCertificates() throws Exception {
    StoredCertificate ofOlga = house.certificateOf(house.approved(house.olga, House.VPN));
    var link = new Equipment.Link(ofOlga.authority(), ofOlga.serial());

    for (String serial : List.of(" ", "x".repeat(65), "a\nb")) {
      refuses(RefusalReason.BAD_DATA_FORMAT, () -> desk.handOut(officer, card(serial, house.anna)));
    }
    refuses(
        RefusalReason.NOT_FOUND,
        () ->
            desk.handOut(
                officer,
                new Handout(House.TOWN, house.anna.id(), Kind.CARD, "1", "", Set.of(link))));
    Subject bea = House.person("Bea Village", House.VILLAGE, "bea@gemeinde-b.example");
    house.directory.put(bea);
    refuses(RefusalReason.NOT_FOUND, () -> desk.handOut(officer, card("1", bea)));
    assertThat(DATABASE.number("select count(*) from equipment")).isZero();
  }

  private List<UUID> due() throws Refused {
    return all(officer).stream()
        .filter(EquipmentDesk.Listed::due)
        .map(one -> one.equipment().id())
        .toList();
  }

  private static void inRoster(Subject subject, String standing) {
    DATABASE.execute(
        """
        insert into roster (directory, subject_id, kind, home, tenants, names, addresses, standing,
          key_holders)
        values ('district', ?, 'PERSON', ?, array[?], array[]::text[], array[]::text[], ?,
          array[]::text[])
        """,
        subject.id().value(),
        House.TOWN.value(),
        House.TOWN.value(),
        standing);
  }

  private static Handout card(String serial, Subject holder) {
    return new Handout(House.TOWN, holder.id(), Kind.CARD, serial, "", Set.of());
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(call)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
