package de.kreissiegel.ca.delivery;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryDeskTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor.Person ERIKA = Bookroom.staff("erika", HASSFURT);
  private static final Service EVERYWHERE = mail("everywhere", "smime", Set.of());
  private static final Service HERE = mail("here", "smime", Set.of(HASSFURT));
  private static final Service ELSEWHERE = mail("elsewhere", "smime", Set.of(EBERN));
  private static final Service OTHER_KIND = mail("other", "laptop", Set.of());

  private final DeliveryDesk desk =
      new DeliveryDesk(
          new CertificateInventory(
              ROOM.certificates(), ROOM.ownership(), ROOM.reads(), Bookroom.CLOCK),
          new AuthorityCatalog(List.of(), Map.of()),
          new ServiceCatalog(List.of(EVERYWHERE, HERE, ELSEWHERE, OTHER_KIND)));

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  @Test
  void tellsTheHolderOfTheServicesOfKindAndTenant() throws Refused {
    StoredCertificate certificate = stored(sample());

    Delivery delivery = desk.of(ERIKA, PEOPLE, certificate.serial());

    assertThat(delivery.certificate()).isEqualTo(certificate);
    assertThat(delivery.services()).containsExactly(EVERYWHERE, HERE);
    assertThat(delivery.mail()).isEqualTo(delivery.identity()).isPresent();
    assertThat(delivery.compatible()).isTrue();
  }

  @Test
  void tellsNobodyElseNotEvenOfficers() {
    StoredCertificate certificate = stored(sample());

    for (Actor.Person other :
        List.of(
            Bookroom.staff("max", HASSFURT),
            Bookroom.officer(HASSFURT),
            Bookroom.auditor(HASSFURT),
            Bookroom.officer(EBERN))) {
      var refused =
          catchThrowableOfType(Refused.class, () -> desk.of(other, PEOPLE, certificate.serial()));
      assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_FOUND);
    }
  }

  private static Service mail(String name, String profile, Set<TenantId> tenants) {
    return new Service.MailServer(
        name, new Scope(Set.of(new ProfileName(profile)), tenants), "imap", "smtp");
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.profile("smime").storedIn(ROOM.database().database(), ROOM.certificates());
  }
}
