package de.kreissiegel.ca.inventory;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Bookroom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CertificateInventoryTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor.Person ERIKA = Bookroom.staff("erika", HASSFURT);

  private final CertificateInventory inventory =
      new CertificateInventory(ROOM.certificates(), ROOM.ownership(), Bookroom.CLOCK);

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

  private void isNotThereFor(Actor actor, StoredCertificate certificate) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> inventory.view(actor, PEOPLE, certificate.serial()))
        .satisfies(no -> assertThat(no.reason()).isEqualTo(RefusalReason.NOT_FOUND));
  }

  private List<StoredCertificate> search(Actor actor) {
    return inventory.search(
        actor,
        new CertificateQuery("", Optional.empty(), Optional.empty(), Optional.empty(), 0, 10));
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(ROOM.database().database(), ROOM.certificates());
  }
}
