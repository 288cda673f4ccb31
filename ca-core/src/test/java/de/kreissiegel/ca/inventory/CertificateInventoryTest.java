package de.kreissiegel.ca.inventory;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Bookroom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CertificateInventoryTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor.Person ERIKA = Bookroom.staff("erika", HASSFURT);

  private final CertificateInventory inventory =
      new CertificateInventory(ROOM.certificates(), ROOM.ownership(), ROOM.reads(), Bookroom.CLOCK);

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @Test
  void showsPeopleTheirOwnAndWhatTheyAnswerFor() {
    StoredCertificate own = stored(sample());
    StoredCertificate ofMailbox = stored(sample().subject(Bookroom.MAILBOX_OF_ERIKA));
    stored(sample().subject("max"));

    assertThat(inventory.own(ERIKA)).containsExactlyInAnyOrder(own, ofMailbox);
    ROOM.directoryDown(true);
    assertThat(inventory.own(ERIKA)).containsExactly(own);
  }

  @Test
  void keepsWhatATenantGaveFromSomebodyWhoLeftIt() {
    stored(sample().tenant(EBERN));

    assertThat(inventory.own(ERIKA)).isEmpty();
  }

  @Test
  void searchesInTheScopeOfTheActor() {
    StoredCertificate hassfurt = stored(sample());
    stored(sample().tenant(EBERN));

    assertThat(search(Bookroom.officer(HASSFURT))).containsExactly(hassfurt);
    assertThat(search(Bookroom.auditor(HASSFURT))).containsExactly(hassfurt);
    assertThat(search(ERIKA)).isEmpty();
    assertThat(search(new Actor.Component("directory"))).isEmpty();
  }

  @Test
  void showsOneCertificateToThoseItConcernsOnly() throws Refused {
    StoredCertificate certificate = stored(sample());

    for (Actor actor : List.of(ERIKA, Bookroom.officer(HASSFURT), Bookroom.auditor(HASSFURT))) {
      assertThat(inventory.view(actor, PEOPLE, certificate.serial())).isEqualTo(certificate);
    }
    for (Actor actor :
        List.of(
            Bookroom.staff("max", HASSFURT),
            Bookroom.officer(EBERN),
            Bookroom.auditor(EBERN),
            new Actor.Component("directory"))) {
      isNotThereFor(actor, certificate);
    }
    isNotThereFor(Bookroom.officer(HASSFURT), sample().build());
    isNotThereFor(Bookroom.officer(HASSFURT), stored(sample().ofSystem("tls-server")));
  }

  @Test
  void notesWhoLookedAtAnothersCertificateAndWhoSearched() throws Refused {
    StoredCertificate certificate = stored(sample());
    Actor officer = Bookroom.officer(HASSFURT);

    inventory.view(officer, PEOPLE, certificate.serial());
    inventory.search(officer, CertificateQuery.of("erika", 10));

    assertThat(ROOM.events())
        .extracting(AuditEvent::action, AuditEvent::actor, AuditEvent::object)
        .containsExactly(
            tuple("person.read", "person:officer", "list:certificates"),
            tuple("person.read", "person:officer", certificate.auditName()));
    assertThat(ROOM.events().getFirst().detail())
        .matches("found=1 query=sha256:[0-9a-f]{64}")
        .doesNotContain("erika");
  }

  @Test
  void notesNeitherALookAtOnesOwnNorASearchWithoutResult() throws Refused {
    StoredCertificate own = stored(sample().subject("erika"));

    inventory.view(Bookroom.staff("erika", HASSFURT), PEOPLE, own.serial());
    inventory.search(Bookroom.officer(HASSFURT), CertificateQuery.of("nobody", 10));

    assertThat(ROOM.events()).isEmpty();
  }

  @Test
  void notesNothingWhereNothingWasShown() {
    StoredCertificate foreign = stored(sample().tenant(EBERN));

    isNotThereFor(Bookroom.officer(HASSFURT), foreign);

    assertThat(ROOM.events()).isEmpty();
  }

  private void isNotThereFor(Actor actor, StoredCertificate certificate) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> inventory.view(actor, PEOPLE, certificate.serial()))
        .satisfies(no -> assertThat(no.reason()).isEqualTo(RefusalReason.NOT_FOUND));
  }

  private List<StoredCertificate> search(Actor actor) {
    return inventory.search(actor, CertificateQuery.of("", 10));
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(ROOM.database().database(), ROOM.certificates());
  }
}
