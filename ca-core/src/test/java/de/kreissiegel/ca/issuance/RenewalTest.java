package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that follows another. */
class RenewalTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir Path folder;
  private House house;
  private StoredCertificate old;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, House.withoutOfficers(folder), new MovableClock());
    old = house.certificateOf(house.approved(house.anna, House.VPN));
  }

  @Test
  void keepsWhichOneItFollows() throws Exception {
    CertificateRequest request = submit(application(House.VPN).renewing(name(old)));

    assertThat(house.requests.find(request.id()).orElseThrow().content().renews())
        .contains(name(old));
    assertThat(house.approve(House.officer(house.otto, House.TOWN), request.id()))
        .isInstanceOf(CertificateRequest.Issued.class);
    assertThat(house.certificates.find(old.authority(), old.serial()).orElseThrow().status())
        .isInstanceOf(CertificateStatus.Good.class);
  }

  @Test
  void followsNothingOfAnotherKindOrAnother() throws Exception {
    StoredCertificate ottos = house.certificateOf(ottos());

    assertThat(refusal(application(new ProfileName("smime")).renewing(name(old))))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(application(House.VPN).renewing(name(ottos))))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(
            refusal(
                application(House.VPN)
                    .renewing(
                        new Predecessor(
                            new AuthorityName("people"), SerialNumber.fromHex("1234")))))
        .isEqualTo(RefusalReason.NOT_FOUND);
  }

  @Test
  void followsNothingThatWasRevokedOrIsHeld() {
    status(new CertificateStatus.OnHold(Instant.EPOCH));
    assertThat(refusal(application(House.VPN).renewing(name(old))))
        .isEqualTo(RefusalReason.NOT_FOUND);
    status(new CertificateStatus.Revoked(Instant.EPOCH, RevocationReason.KEY_COMPROMISE));
    assertThat(refusal(application(House.VPN).renewing(name(old))))
        .isEqualTo(RefusalReason.NOT_FOUND);
  }

  private void status(CertificateStatus status) {
    DATABASE
        .database()
        .inTransaction(
            transaction -> {
              house.certificates.lock(transaction, old.authority(), old.serial());
              house.certificates.setStatus(transaction, old.authority(), old.serial(), status);
              return true;
            });
  }

  private CertificateRequest ottos() throws Exception {
    CertificateRequest request =
        house.desk.submit(House.staff(house.otto), House.application(house.otto, House.VPN));
    return house.approve(House.officer(house.olga, House.TOWN), request.id());
  }

  private CertificateApplication application(ProfileName profile) {
    return House.application(house.anna, profile);
  }

  private CertificateRequest submit(CertificateApplication application) throws Refused {
    return house.desk.submit(House.staff(house.anna), application);
  }

  private RefusalReason refusal(CertificateApplication application) {
    var refused = new Refused[1];
    assertThatThrownBy(() -> submit(application))
        .isInstanceOfSatisfying(Refused.class, it -> refused[0] = it);
    return refused[0].reason();
  }

  private static Predecessor name(StoredCertificate certificate) {
    return new Predecessor(certificate.authority(), certificate.serial());
  }
}
